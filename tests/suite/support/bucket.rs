//! A server on this machine that answers as a bucket of S3 does, or of Google Cloud Storage (its XML interface).

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use crate::support::ProjectDir;

/// A server of one bucket, `press`.
#[derive(Clone)]
pub struct Bucket {
    pub port: u16,
    contents: Arc<Mutex<Contents>>,
}

#[derive(Default)]
pub struct Contents {
    pub objects: BTreeMap<String, Vec<u8>>,
    pub requests: Vec<Request>,
    /// Answers to the next uploads of documents: status, and code of the error. With status 200 the object is stored,
    /// and the answer is an error all the same; with status 0 the connection ends in the middle of the answer.
    pub failures: Vec<(u16, &'static str)>,
    /// Whether an upload replaces an object although it asks not to, as some stores do.
    pub ignores_conditions: bool,
    /// An object that another run writes at the moment when a part of a journal is read.
    pub written_by_another: Option<(String, Vec<u8>)>,
}

#[derive(Debug)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub if_none_match: String,
}

impl Bucket {
    /// Starts a server with an empty bucket on a free port.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let bucket = Self { port: listener.local_addr().unwrap().port(), contents: Arc::default() };
        let server = bucket.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = server.clone();
                thread::spawn(move || server.serve(&stream));
            }
        });
        bucket
    }

    /// A bucket whose server is not running: nothing listens on port 9 (“discard”).
    pub fn unreachable() -> Self {
        Self { port: 9, contents: Arc::default() }
    }

    /// Answers the requests of one connection until it is closed.
    fn serve(&self, stream: &TcpStream) -> Option<()> {
        let mut input = BufReader::new(stream);
        let mut output = stream;
        loop {
            let mut first = String::new();
            input.read_line(&mut first).ok().filter(|length| *length > 0)?;
            let mut headers = BTreeMap::new();
            loop {
                let mut line = String::new();
                input.read_line(&mut line).ok()?;
                let Some((name, value)) = line.trim_end().split_once(": ") else { break };
                headers.insert(name.to_lowercase(), value.to_owned());
            }
            let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
            let mut body = vec![0; length];
            input.read_exact(&mut body).ok()?;
            let mut words = first.split(' ');
            let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
            let (status, body) = self.answer(&method, &path, &headers, body);
            if status == 0 {
                output.write_all(b"HTTP/1.1 200 OK\r\nContent-Len").ok()?;
                return None;
            }
            let mut head = format!(
                "HTTP/1.1 {status} -\r\nContent-Length: {}\r\nETag: \"x\"\r\nx-goog-generation: 1\r\n",
                body.len()
            );
            head.push_str("Last-Modified: Mon, 01 Jan 2035 00:00:00 GMT\r\n");
            if status == 206 {
                head.push_str(&format!("Content-Range: bytes 0-{}/{}\r\n", body.len() - 1, body.len()));
            }
            output.write_all(format!("{head}\r\n").as_bytes()).ok()?;
            if method != "HEAD" {
                output.write_all(&body).ok()?;
            }
        }
    }

    fn answer(&self, method: &str, path: &str, headers: &BTreeMap<String, String>, body: Vec<u8>) -> (u16, Vec<u8>) {
        let mut contents = self.contents();
        let mut if_none_match = headers.get("if-none-match").cloned().unwrap_or_default();
        // The same condition in the words of Google.
        if headers.get("x-goog-if-generation-match").is_some_and(|generation| generation == "0") {
            "*".clone_into(&mut if_none_match);
        }
        contents.requests.push(Request {
            method: method.to_owned(),
            path: path.to_owned(),
            if_none_match: if_none_match.clone(),
        });
        let Some(rest) = path.strip_prefix("/press") else {
            return (404, b"<Error><Code>NoSuchBucket</Code></Error>".to_vec());
        };
        let (key, query) = rest.trim_start_matches('/').split_once('?').unwrap_or((rest.trim_start_matches('/'), ""));
        // Google's client writes the whole name as one part of the path.
        let key = &["%2F", "%2D", "%2E"]
            .iter()
            .zip(["/", "-", "."])
            .fold(key.to_owned(), |key, (from, to)| key.replace(from, to));
        match method {
            "PUT" => {
                if key.ends_with(".pdf") && !contents.failures.is_empty() {
                    let (status, code) = contents.failures.remove(0);
                    if status == 200 {
                        contents.objects.insert(key.clone(), body);
                        return (500, Vec::new());
                    }
                    return (status, format!("<Error><Code>{code}</Code></Error>").into_bytes());
                }
                if if_none_match == "*" && !contents.ignores_conditions && contents.objects.contains_key(key) {
                    return (412, b"<Error><Code>PreconditionFailed</Code></Error>".to_vec());
                }
                contents.objects.insert(key.clone(), body);
                (200, Vec::new())
            }
            "DELETE" => match contents.objects.remove(key) {
                Some(_) => (204, Vec::new()),
                None => (404, b"<Error><Code>NoSuchKey</Code></Error>".to_vec()),
            },
            "POST" if query == "delete" => {
                let body = String::from_utf8(body).unwrap();
                let mut deleted = String::new();
                for key in body.split("<Key>").skip(1).filter_map(|rest| rest.split('<').next()) {
                    contents.objects.remove(key);
                    deleted.push_str(&format!("<Deleted><Key>{key}</Key></Deleted>"));
                }
                (200, format!("<DeleteResult>{deleted}</DeleteResult>").into_bytes())
            }
            "GET" if query.contains("list-type") => (200, contents.list(query).into_bytes()),
            _ => {
                if key.contains(".parts/")
                    && let Some((key, bytes)) = contents.written_by_another.take()
                {
                    contents.objects.insert(key, bytes);
                }
                contents.get(key, headers)
            }
        }
    }

    pub fn contents(&self) -> MutexGuard<'_, Contents> {
        self.contents.lock().unwrap()
    }

    /// The stored PDFs by their keys.
    pub fn documents(&self) -> BTreeMap<String, Vec<u8>> {
        let objects = self.contents().objects.clone();
        objects.into_iter().filter(|(key, _)| key.ends_with(".pdf")).collect()
    }

    /// Builds the certificates of a project with this server as S3: the whole output of the program, and its exit code.
    pub fn run(&self, project: &ProjectDir, arguments: &[&str]) -> (String, i32) {
        run(project, arguments, self.settings())
    }

    /// The environment variables with which the program uses this server as S3.
    pub fn settings(&self) -> [(&'static str, String); 4] {
        [
            ("AWS_ACCESS_KEY_ID", "press".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "press".to_owned()),
            ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", self.port)),
            ("AWS_ALLOW_HTTP", "true".to_owned()),
        ]
    }

    /// The same with this server as Google Cloud Storage.
    pub fn run_google(&self, project: &ProjectDir, arguments: &[&str]) -> (String, i32) {
        let account = format!(
            r#"{{"gcs_base_url": "http://127.0.0.1:{}", "disable_oauth": true, "client_email": "", "private_key": "",
                 "private_key_id": ""}}"#,
            self.port
        );
        run(project, arguments, [("GOOGLE_SERVICE_ACCOUNT_KEY", account), ("GOOGLE_ALLOW_HTTP", "true".to_owned())])
    }
}

fn run(
    project: &ProjectDir,
    arguments: &[&str],
    settings: impl IntoIterator<Item = (&'static str, String)>,
) -> (String, i32) {
    let output = project.command().args(["-r", "certificate"]).args(arguments).envs(settings).output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (text, output.status.code().unwrap())
}

impl Contents {
    fn get(&self, key: &str, headers: &BTreeMap<String, String>) -> (u16, Vec<u8>) {
        match self.objects.get(key) {
            Some(bytes) if headers.contains_key("range") => (206, bytes.clone()),
            Some(bytes) => (200, bytes.clone()),
            None => (404, b"<Error><Code>NoSuchKey</Code></Error>".to_vec()),
        }
    }

    /// Answers ListObjectsV2, with or without a delimiter.
    fn list(&self, query: &str) -> String {
        let prefix = query.split('&').find_map(|part| part.strip_prefix("prefix=")).unwrap_or_default();
        let prefix = prefix.replace("%2F", "/");
        let mut contents = String::new();
        for (key, bytes) in self.objects.iter().filter(|(key, _)| key.starts_with(&prefix)) {
            let rest = &key[prefix.len()..];
            contents.push_str(&match rest.split_once('/') {
                Some((folder, _)) if query.contains("delimiter=") => {
                    format!("<CommonPrefixes><Prefix>{prefix}{folder}/</Prefix></CommonPrefixes>")
                }
                _ => format!(
                    "<Contents><Key>{key}</Key><Size>{}</Size><LastModified>2035-01-01T00:00:00.000Z</LastModified>\
                     <ETag>x</ETag></Contents>",
                    bytes.len()
                ),
            });
        }
        format!("<ListBucketResult><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>")
    }
}
