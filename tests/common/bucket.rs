//! A server of one bucket that knows enough of S3.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use crate::common::Shop;

/// A server of one bucket, `press`.
#[derive(Clone)]
pub struct Bucket {
    pub port: u16,
    pub inside: Arc<Mutex<Inside>>,
}

#[derive(Default)]
pub struct Inside {
    pub objects: BTreeMap<String, Vec<u8>>,
    /// Method, path and If-None-Match of each request.
    pub seen: Vec<(String, String, String)>,
    /// Answers that the next uploads of documents get in place of theirs.
    pub trouble: Vec<(u16, &'static str)>,
}

impl Bucket {
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let bucket = Self { port: listener.local_addr().unwrap().port(), inside: Arc::default() };
        let server = bucket.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = server.clone();
                thread::spawn(move || server.serve(&stream));
            }
        });
        bucket
    }

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
            let mut head = format!("HTTP/1.1 {status} -\r\nContent-Length: {}\r\nETag: \"x\"\r\n", body.len());
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
        let mut inside = self.inside.lock().unwrap();
        let only_new = headers.get("if-none-match").cloned().unwrap_or_default();
        inside.seen.push((method.to_owned(), path.to_owned(), only_new.clone()));
        let Some(rest) = path.strip_prefix("/press") else {
            return (404, b"<Error><Code>NoSuchBucket</Code></Error>".to_vec());
        };
        let (key, query) = rest.trim_start_matches('/').split_once('?').unwrap_or((rest.trim_start_matches('/'), ""));
        match method {
            "PUT" => {
                if key.ends_with(".pdf") && !inside.trouble.is_empty() {
                    let (status, code) = inside.trouble.remove(0);
                    if status == 200 {
                        // It is done, but the answer says otherwise.
                        inside.objects.insert(key.to_owned(), body);
                        return (500, Vec::new());
                    }
                    return (status, format!("<Error><Code>{code}</Code></Error>").into_bytes());
                }
                if only_new == "*" && inside.objects.contains_key(key) {
                    return (412, b"<Error><Code>PreconditionFailed</Code></Error>".to_vec());
                }
                inside.objects.insert(key.to_owned(), body);
                (200, Vec::new())
            }
            "POST" if query == "delete" => {
                let body = String::from_utf8(body).unwrap();
                let mut gone = String::new();
                for key in body.split("<Key>").skip(1).filter_map(|rest| rest.split('<').next()) {
                    inside.objects.remove(key);
                    gone.push_str(&format!("<Deleted><Key>{key}</Key></Deleted>"));
                }
                (200, format!("<DeleteResult>{gone}</DeleteResult>").into_bytes())
            }
            "GET" if query.contains("list-type") => (200, inside.list(query).into_bytes()),
            _ => match inside.objects.get(key) {
                Some(bytes) if headers.contains_key("range") => (206, bytes.clone()),
                Some(bytes) => (200, bytes.clone()),
                None => (404, b"<Error><Code>NoSuchKey</Code></Error>".to_vec()),
            },
        }
    }

    pub fn inside(&self) -> std::sync::MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    pub fn documents(&self) -> BTreeMap<String, Vec<u8>> {
        let objects = self.inside().objects.clone();
        objects.into_iter().filter(|(key, _)| key.ends_with(".pdf")).collect()
    }

    /// Runs the program in a shop: all that it says, and its exit code.
    pub fn run(&self, shop: &Shop, arguments: &[&str]) -> (String, i32) {
        let output = Command::new(env!("CARGO_BIN_EXE_gen-report"))
            .current_dir(shop.path())
            .args(["-r", "certificate"])
            .args(arguments)
            .env("NO_COLOR", "1")
            .env("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", self.port))
            .env("AWS_ALLOW_HTTP", "true")
            .env("AWS_ACCESS_KEY_ID", "press")
            .env("AWS_SECRET_ACCESS_KEY", "press")
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (String::from_utf8(said).unwrap(), output.status.code().unwrap())
    }
}

impl Inside {
    fn list(&self, query: &str) -> String {
        let prefix = query.split('&').find_map(|part| part.strip_prefix("prefix=")).unwrap_or_default();
        let prefix = prefix.replace("%2F", "/");
        let mut contents = String::new();
        for (key, bytes) in self.objects.iter().filter(|(key, _)| key.starts_with(&prefix)) {
            let rest = &key[prefix.len()..];
            contents.push_str(&match rest.split_once('/') {
                Some((folder, _)) => format!("<CommonPrefixes><Prefix>{prefix}{folder}/</Prefix></CommonPrefixes>"),
                None => format!(
                    "<Contents><Key>{key}</Key><Size>{}</Size><LastModified>2035-01-01T00:00:00.000Z</LastModified>\
                     <ETag>x</ETag></Contents>",
                    bytes.len()
                ),
            });
        }
        format!("<ListBucketResult><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>")
    }
}
