//! The page over HTTP.
//!
//! ```text
//! GET, POST ──▶ path, fields ──▶ page::respond ──▶ document
//!                assets/NAME ──▶ Assets ──▶ bytes
//! ```
//!
//! The same forms that the scripts keep in the browser post here when there are none. A request is answered and forgotten:
//! nothing of it is kept or logged, and answers are read from the body of a form alone, never from an address.

mod assets;
mod headers;
mod negotiate;
mod pages;

pub use assets::{Asset, Assets, digest, versioned};
pub use headers::{POLICY, SECURITY};

use axum::Router;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use waymark_criteria::Date;
use waymark_page::Guide;

/// Everything that requests are answered from. Nothing in it changes.
pub struct App {
    /// What pages are made of.
    pub guide: Guide,
    /// The files of the site.
    pub assets: Assets,
    /// The day of a request.
    pub today: Box<dyn Fn() -> Date + Send + Sync>,
}

/// The site.
pub fn router(app: App) -> Router {
    Router::new()
        .fallback(pages::answer)
        .with_state(Arc::new(app))
}

/// Answers on a listener until the process is told to stop (Ctrl-C); requests under way are finished.
///
/// # Errors
/// When the listener or the runtime cannot be used.
pub fn run(listener: TcpListener, app: App) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router(app))
            .with_graceful_shutdown(async {
                // Where signals cannot be heard, the process is ended from outside.
                if tokio::signal::ctrl_c().await.is_err() {
                    std::future::pending::<()>().await;
                }
            })
            .await
    })
}
