//! A request to an answer.

use crate::assets::{Asset, digest, gzip, media_type};
use crate::negotiate::{holds, takes};
use crate::{App, headers};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName,
    HeaderValue, VARY,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use std::sync::Arc;
use waymark_page::{Door, Fields, Media, Refused};

/// Bytes of the longest form that is read: answers with hundreds of treatments, and a chart pasted beside them.
const LONGEST_FORM: usize = 1024 * 1024;

/// Files that browsers look for at the root of a site: a worker serves only what is beside or below it.
const AT_ROOT: [&str; 2] = ["sw.js", "robots.txt"];

/// A path that no page has, for addresses outside the base of the site.
const NOWHERE: &str = "-";

/// What the next request may do with an answer.
#[derive(Clone, Copy)]
enum Keep {
    /// Answers of a person are in it.
    Nothing,
    /// Ask whether it still stands.
    Ask,
    /// The address names the version.
    ForEver,
}

/// Answers every request.
pub(crate) async fn answer(State(app): State<Arc<App>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let mut response = match head.method {
        Method::GET | Method::HEAD => get(app, &head).await,
        Method::POST => post(app, &head, body).await,
        _ => {
            let mut response = refused(&app, &head, Refused::Method);
            let allowed = HeaderValue::from_static("GET, HEAD, POST");
            response.headers_mut().insert(ALLOW, allowed);
            response
        }
    };
    headers::secure(&mut response);
    response
}

/// The path below the base of the site.
fn below<'p>(app: &App, path: &'p str) -> Option<&'p str> {
    let base = app.guide.site.base.as_str();
    path.strip_prefix(base)
        .or_else(|| (path.len() + 1 == base.len() && base.starts_with(path)).then_some(""))
}

async fn get(app: Arc<App>, head: &Parts) -> Response {
    let headers = &head.headers;
    let path = below(&app, head.uri.path());
    if let Some(name) = path.and_then(|path| path.strip_prefix("assets/")) {
        return match app.assets.find(name) {
            Some((name, asset, true)) => file(headers, name, asset, Keep::ForEver),
            Some((name, asset, false)) => file(headers, name, asset, Keep::Ask),
            None => plain(StatusCode::NOT_FOUND),
        };
    }
    if let Some(path) = path.filter(|path| AT_ROOT.contains(path))
        && let Some(asset) = app.assets.get(path)
    {
        return file(headers, path, asset, Keep::Ask);
    }
    // The query is not read: answers never stand in an address.
    let path = path.unwrap_or(NOWHERE).to_owned();
    page(app, headers, path, Vec::new(), Keep::Ask).await
}

async fn post(app: Arc<App>, head: &Parts, body: Body) -> Response {
    let kind = head.headers.get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return refused(&app, head, Refused::Form);
    }
    let Ok(body) = to_bytes(body, LONGEST_FORM).await else {
        return refused(&app, head, Refused::TooLong);
    };
    let fields = form_urlencoded::parse(&body).into_owned().collect();
    let path = below(&app, head.uri.path()).unwrap_or(NOWHERE).to_owned();
    page(app, &head.headers, path, fields, Keep::Nothing).await
}

async fn page(
    app: Arc<App>,
    headers: &HeaderMap,
    path: String,
    fields: Vec<(String, String)>,
    keep: Keep,
) -> Response {
    // Rendering takes milliseconds: beside the loop that reads and writes.
    let rendered = tokio::task::spawn_blocking(move || {
        let fields_of = Fields(&fields);
        let record = fields_of
            .get("record")
            .filter(|text| !text.trim().is_empty());
        let record = record
            .map(|text| waymark_fhir::read_either(&[text.as_bytes()], &app.guide.bundle, None));
        if let Some(Err(_)) = record {
            return waymark_page::refuse(&app.guide, &path, Refused::Record, (app.today)());
        }
        let chart = record.and_then(Result::ok);
        let request = waymark_page::Request {
            path: &path,
            fields: fields_of,
            today: (app.today)(),
            door: Door::Server,
            chart: chart.as_ref(),
        };
        waymark_page::respond(&app.guide, &request)
    });
    match rendered.await {
        Ok(page) => match page.media {
            Media::Html => document(headers, page.status, page.html, keep),
            Media::Json => download(headers, page.html),
        },
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// The assessment of a sheet, as a file to be saved.
fn download(asked: &HeaderMap, json: String) -> Response {
    let packed = takes(asked, "gzip")
        .then(|| gzip(json.as_bytes()))
        .flatten();
    let (body, coding) = match packed {
        Some(packed) => (Body::from(packed), Some("gzip")),
        None => (Body::from(json), None),
    };
    let kind = media_type("assessment.json");
    let body = (body, coding);
    let mut response = send(asked, StatusCode::OK, kind, body, None, Keep::Nothing);
    let name = HeaderValue::from_static("attachment; filename=\"assessment.json\"");
    response.headers_mut().insert(CONTENT_DISPOSITION, name);
    response
}

fn refused(app: &App, head: &Parts, why: Refused) -> Response {
    let path = below(app, head.uri.path()).unwrap_or(NOWHERE);
    let page = waymark_page::refuse(&app.guide, path, why, (app.today)());
    document(&head.headers, page.status, page.html, Keep::Nothing)
}

fn document(headers: &HeaderMap, status: u16, html: String, keep: Keep) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let keep = if status == StatusCode::OK {
        keep
    } else {
        Keep::Nothing
    };
    let etag = matches!(keep, Keep::Ask).then(|| format!("\"{}\"", digest(html.as_bytes())));
    let packed = takes(headers, "gzip")
        .then(|| gzip(html.as_bytes()))
        .flatten();
    let (body, coding) = match packed {
        Some(packed) => (Body::from(packed), Some("gzip")),
        None => (Body::from(html), None),
    };
    send(
        headers,
        status,
        media_type("index.html"),
        (body, coding),
        etag,
        keep,
    )
}

fn file(headers: &HeaderMap, name: &str, asset: &Asset, keep: Keep) -> Response {
    let etag = Some(format!("\"{}\"", asset.version));
    let plain = || Bytes::from_owner(asset.bytes.clone());
    let body = match (&asset.brotli, &asset.gzip) {
        (Some(brotli), _) if takes(headers, "br") => {
            (Bytes::from_owner(brotli.clone()), Some("br"))
        }
        (_, Some(gzip)) if takes(headers, "gzip") => (Bytes::from(gzip.clone()), Some("gzip")),
        (Some(_) | None, Some(_) | None) => (plain(), None),
    };
    let (body, coding) = body;
    send(
        headers,
        StatusCode::OK,
        media_type(name),
        (Body::from(body), coding),
        etag,
        keep,
    )
}

fn send(
    asked: &HeaderMap,
    status: StatusCode,
    media_type: &'static str,
    (body, coding): (Body, Option<&'static str>),
    etag: Option<String>,
    keep: Keep,
) -> Response {
    let held = etag.as_ref().is_some_and(|etag| holds(asked, etag));
    let mut response = Response::new(if held { Body::empty() } else { body });
    *response.status_mut() = if held {
        StatusCode::NOT_MODIFIED
    } else {
        status
    };
    let mut add = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    add(
        CACHE_CONTROL,
        match keep {
            Keep::Nothing => "no-store",
            Keep::Ask => "no-cache",
            Keep::ForEver => "public, max-age=31536000, immutable",
        },
    );
    add(VARY, "accept-encoding");
    if let Some(etag) = etag {
        add(ETAG, &etag);
    }
    if !held {
        add(CONTENT_TYPE, media_type);
        if let Some(coding) = coding {
            add(CONTENT_ENCODING, coding);
        }
    }
    response
}

/// An answer without a page.
fn plain(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
