//! What goes over the line: headers, what is kept, what is refused.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use std::sync::OnceLock;
use tower::ServiceExt;
use waymark_criteria::Date;
use waymark_page::{Answers, Guide, Site};
use waymark_server::{App, Assets, router};

/// Answers that say something: the code of a person with active brain metastases.
const SAID: &str =
    r#"{"waymark":1,"answers":{"spread":{"chosen":["brain"]},"brain":{"chosen":["active"]}}}"#;

fn guide() -> Guide {
    static GUIDE: OnceLock<Guide> = OnceLock::new();
    GUIDE
        .get_or_init(|| {
            let kb = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kb");
            let (bundle, translations) = waymark_knowledge::bundle_for_build(&kb).unwrap();
            Guide {
                bundle,
                translations,
                site: Site::default(),
            }
        })
        .clone()
}

fn app_at(base: &str) -> App {
    let mut guide = guide();
    guide.site.base = base.to_owned();
    let mut assets = Assets::default();
    let styles = "p { color: teal }\n".repeat(100);
    assets.add(
        "waymark.css",
        styles.into_bytes(),
        Some((&b"packed as brotli"[..]).into()),
    );
    guide.site.versions = assets.versions().into_iter().collect();
    App {
        guide,
        assets,
        today: Box::new(|| Date::parse("2026-11-26").unwrap()),
    }
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

fn ask(app: App, request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        let answer = router(app).oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
        }
    })
}

fn get(path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    ask(app_at("/"), request.body(Body::empty()).unwrap())
}

fn post(path: &str, kind: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post(path).header("content-type", kind);
    ask(app_at("/"), request.body(body.into()).unwrap())
}

const FORM: &str = "application/x-www-form-urlencoded";

/// The form of a page with these answers.
fn form(state: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("state", state)
        .finish()
}

fn code() -> String {
    let restored = Answers::restore(SAID, &guide().bundle).unwrap();
    assert_eq!(
        restored.answers.answers.len(),
        2,
        "both questions are there: {:?}",
        restored.dropped
    );
    restored.answers.code()
}

#[test]
fn every_answer_carries_the_headers_that_keep_a_visit_private() {
    let version = app_at("/").assets.versions()["waymark.css"].clone();
    let asset = format!("/assets/waymark.{version}.css");
    let answers = [
        get("/", &[]),
        get("/es/page/", &[]),
        get("/nowhere", &[]),
        get(&asset, &[]),
        get("/assets/nothing.js", &[]),
        post("/page/", FORM, form(&code())),
        post("/page/", "text/plain", "x"),
        ask(
            app_at("/"),
            Request::delete("/").body(Body::empty()).unwrap(),
        ),
    ];
    for answer in answers {
        // Word for word what the issue of the page asks for.
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; \
             connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(
            answer
                .header("permissions-policy")
                .contains("geolocation=()")
        );
        assert_eq!(answer.header("set-cookie"), "");
    }
}

#[test]
fn what_answers_a_form_is_not_stored_and_its_headers_say_nothing_of_it() {
    let code = code();
    let answer = post("/page/", FORM, form(&code));
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("etag"), "");
    assert!(
        answer.text().contains(&code),
        "the answers go on in the form of the next page"
    );
    for (name, value) in &answer.headers {
        let value = value.to_str().unwrap();
        assert!(!value.contains(&code[..12]), "{name}: {value}");
    }
}

#[test]
fn an_address_never_carries_answers_in_or_out() {
    let code = code();
    let with = get(&format!("/page/?state={code}"), &[]);
    assert_eq!(
        with.text(),
        get("/page/", &[]).text(),
        "a query is not read"
    );
    let page = post("/page/", FORM, form(&code));
    for part in page
        .text()
        .split("href=\"")
        .chain(page.text().split("action=\""))
        .skip(1)
    {
        let address = part.split('"').next().unwrap();
        assert!(!address.contains(&code[..12]), "{address}");
    }
}

#[test]
fn a_page_that_did_not_change_is_not_sent_again() {
    let first = get("/", &[]);
    assert_eq!(first.header("cache-control"), "no-cache");
    let etag = first.header("etag");
    let again = get("/", &[("if-none-match", etag)]);
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());
    let weak = format!("\"other\", W/{etag}");
    assert_eq!(
        get("/", &[("if-none-match", &weak)]).status,
        StatusCode::NOT_MODIFIED
    );
    let other = get("/", &[("if-none-match", "\"other\"")]);
    assert_eq!(other.status, StatusCode::OK);
}

#[test]
fn a_file_is_kept_for_ever_only_under_the_name_of_its_version() {
    let version = app_at("/").assets.versions()["waymark.css"].clone();
    let named = get(&format!("/assets/waymark.{version}.css"), &[]);
    assert_eq!(
        named.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(named.header("content-type"), "text/css; charset=utf-8");
    for name in ["waymark.css", "waymark.0123456789abcdef.css"] {
        let answer = get(&format!("/assets/{name}"), &[]);
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("cache-control"), "no-cache", "{name}");
    }
    assert_eq!(get("/assets/other.css", &[]).status, StatusCode::NOT_FOUND);
    assert_eq!(
        get("/assets/../Cargo.toml", &[]).status,
        StatusCode::NOT_FOUND
    );
}

#[test]
fn a_file_goes_out_in_the_best_form_that_the_browser_takes() {
    let coded = |accepted: &str| {
        let answer = get("/assets/waymark.css", &[("accept-encoding", accepted)]);
        assert_eq!(answer.header("vary"), "accept-encoding");
        answer.header("content-encoding").to_owned()
    };
    assert_eq!(coded("gzip, deflate, br"), "br");
    assert_eq!(coded("gzip"), "gzip");
    assert_eq!(coded("br;q=0, gzip;q=0.5"), "gzip");
    assert_eq!(coded("identity"), "");
    assert_eq!(coded("brx"), "");
    let page = get("/", &[("accept-encoding", "gzip")]);
    assert_eq!(page.header("content-encoding"), "gzip");
    assert_eq!(
        page.body[..2],
        [0x1f, 0x8b],
        "a gzip stream begins so (RFC 1952, 2.3.1)"
    );
}

#[test]
fn what_is_no_form_of_a_page_is_refused_with_a_page() {
    let longest = 1024 * 1024;
    let fits = post("/page/", FORM, format!("x={}", "a".repeat(longest - 2)));
    assert_eq!(fits.status, StatusCode::OK);
    let long = post("/page/", FORM, format!("x={}", "a".repeat(longest - 1)));
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
    let other = post("/page/", "multipart/form-data; boundary=x", "--x--");
    assert_eq!(other.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let record = post("/clinician/", FORM, "record=not+a+record");
    assert_eq!(record.status, StatusCode::UNPROCESSABLE_ENTITY);
    for answer in [long, other, record] {
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.text().contains("<h1>"));
        assert!(
            !answer.text().contains("door."),
            "the knowledge has the sentences"
        );
    }
    let deleted = ask(
        app_at("/"),
        Request::delete("/").body(Body::empty()).unwrap(),
    );
    assert_eq!(deleted.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(deleted.header("allow"), "GET, HEAD, POST");
    let broken = post(
        "/page/",
        FORM,
        vec![b's', b'=', b'%', 0xff, b'&', b'&', b'='],
    );
    assert_eq!(
        broken.status,
        StatusCode::OK,
        "what is not text is read as far as it is"
    );
}

#[test]
fn an_unknown_path_says_so_in_its_language() {
    let answer = get("/es/no-such-page/", &[]);
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.text().contains("<html lang=\"es\""));
}

#[test]
fn below_a_base_only_what_is_below_it_is_there() {
    let at = |path: &str| {
        let request = Request::get(path).body(Body::empty()).unwrap();
        ask(app_at("/guide/"), request).status
    };
    assert_eq!(at("/guide/"), StatusCode::OK);
    assert_eq!(at("/guide"), StatusCode::OK);
    assert_eq!(at("/guide/assets/waymark.css"), StatusCode::OK);
    assert_eq!(at("/"), StatusCode::NOT_FOUND);
    assert_eq!(at("/guideline/"), StatusCode::NOT_FOUND);
    assert_eq!(at("/assets/waymark.css"), StatusCode::NOT_FOUND);
}

#[test]
fn a_pasted_record_is_read_and_not_kept() {
    let chart = "chart 1\n? breast cancer\n? HER2 IHC 3+\n";
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("record", chart)
        .finish();
    let with = post("/clinician/", FORM, body);
    assert_eq!(with.status, StatusCode::OK);
    let without = post("/clinician/", FORM, "");
    assert_ne!(with.text(), without.text(), "the sheet is of the record");
    let after = post("/clinician/", FORM, "");
    assert_eq!(after.text(), without.text());
}
