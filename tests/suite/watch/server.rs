//! The server answers the page that it printed the address of, and nobody else.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use gen_report::watch::editor::Editor;
use serde_json::Value as Json;

use crate::support::{EN_PROGRAMME, ProjectDir, RESULTS_FILE, assert_contains};

/// A running `gen-report watch`.
struct Watch {
    child: Child,
    port: String,
    token: String,
}

impl Watch {
    fn start(project: &ProjectDir, arguments: &[&str]) -> Self {
        let mut command = project.command();
        command.args(["watch", "-l", "en"]).args(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut address).unwrap();
        let (port, token) = address.trim().strip_prefix("http://127.0.0.1:").unwrap().split_once('/').unwrap();
        Self { child, port: port.to_owned(), token: token.trim_end_matches('/').to_owned() }
    }

    /// Sends a request with these headers besides `Host`. Returns the status and the whole answer.
    fn request(&self, method: &str, path: &str, host: &str, headers: &[&str]) -> (u16, String) {
        let mut stream = TcpStream::connect(format!("127.0.0.1:{}", self.port)).unwrap();
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.request("GET", &format!("/{}/{path}", self.token), &format!("127.0.0.1:{}", self.port), &[])
    }

    /// Waits for what the page shows first.
    fn state(&self) -> Json {
        self.wait_for(|state| state["documents"].is_array())
    }

    /// Waits until the page shows the result of a check of the project, with or without problems.
    fn wait_for_check(&self, has_problems: bool) {
        self.wait_for(|state| {
            let problems = state["problems"].as_array().is_some_and(|problems| !problems.is_empty());
            state["checked"] == true && problems == has_problems
        });
    }

    /// Waits until the page shows a state that meets a condition.
    fn wait_for(&self, is_met: impl Fn(&Json) -> bool) -> Json {
        let mut stream = TcpStream::connect(format!("127.0.0.1:{}", self.port)).unwrap();
        let (path, host) = (format!("/{}/events", self.token), format!("127.0.0.1:{}", self.port));
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let lines = BufReader::new(stream).lines();
        let mut states = lines.filter_map(|line| serde_json::from_str(line.unwrap().strip_prefix("data: ")?).ok());
        states.find(is_met).unwrap()
    }

    /// Asks the program to end (SIGTERM). Returns standard error and the exit code.
    #[cfg(unix)]
    fn interrupt(mut self) -> (String, Option<i32>) {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        let mut stderr = String::new();
        self.child.stderr.as_mut().unwrap().read_to_string(&mut stderr).unwrap();
        (stderr, self.child.wait().unwrap().code())
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn only_requests_with_the_token_from_this_machine_and_this_page_are_answered() {
    let watch = Watch::start(&ProjectDir::new(), &[]);
    let (status, answer) = watch.get("");
    assert_eq!(status, 200);
    assert_contains(
        &answer,
        &[
            "content-security-policy: default-src 'none'; script-src 'self'",
            "referrer-policy: no-referrer",
            "<main id=\"pages\"",
        ],
    );
    let (path, host) = (format!("/{}/", watch.token), format!("127.0.0.1:{}", watch.port));
    let status = |path: &str, host: &str, headers: &[&str]| watch.request("GET", path, host, headers).0;
    assert_eq!(status("/", &host, &[]), 404);
    assert_eq!(status(&format!("/{}/", "0".repeat(32)), &host, &[]), 404);
    // A name that leads to this machine is a way in for another website.
    assert_eq!(status(&path, "evil.example:80", &[]), 421);
    assert_eq!(status(&path, &format!("evil.example:{}", watch.port), &[]), 421);
    assert_eq!(status(&path, &host, &["Origin: http://evil.example"]), 403);
    assert_eq!(status(&path, &host, &["Origin: null"]), 403);
    assert_eq!(status(&path, &host, &["Sec-Fetch-Site: cross-site"]), 403);
    assert_eq!(status(&path, &host, &[&format!("Origin: http://{host}")]), 200);
    assert_eq!(status(&path, &format!("localhost:{}", watch.port), &[]), 200);
    // Nothing is changed by a GET.
    assert_eq!(status(&format!("{path}view"), &host, &[]), 405);
    assert_eq!(watch.request("POST", &format!("{path}view"), &host, &["Content-Length: 0"]).0, 400);
    // Only the page may edit.
    for name in ["edit", "undo"] {
        let post = |path: &str, headers: &[&str]| {
            watch.request("POST", path, &host, &[headers, &["Content-Length: 0"]].concat()).0
        };
        assert_eq!(status(&format!("{path}{name}"), &host, &[]), 405);
        assert_eq!(post(&format!("{path}{name}"), &["Origin: http://evil.example"]), 403);
        assert_eq!(post(&format!("{path}{name}"), &["Sec-Fetch-Site: cross-site"]), 403);
        assert_eq!(post(&format!("/{}/{name}", "0".repeat(32)), &[]), 404);
    }
    assert_eq!(watch.request("POST", &format!("{path}edit"), &host, &["Content-Length: 0"]).0, 400);
    // No file of the machine.
    for name in ["../../etc/passwd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "pages/../../Cargo.toml", "pages/x.svg"] {
        assert_eq!(watch.get(name).0, 404, "{name}");
    }
    assert_eq!(watch.get("jump?file=/etc/passwd&line=1").1.lines().last(), Some("{\"highlights\":[]}"));
}

#[test]
fn a_browser_that_knows_the_glyphs_of_a_page_gets_only_the_others() {
    let watch = Watch::start(&ProjectDir::new(), &["-l", "fr", "-r", "press-release"]);
    let state = watch.state();
    let hashes: Vec<_> = (0..2).map(|at| state["documents"][at]["pages"][0]["hash"].as_str().unwrap()).collect();
    let page = |query: &str| watch.get(&format!("pages/{}.svg{query}", hashes[0])).1;
    let count = |page: &str| page.matches("<symbol id=").count();
    let whole = page("");
    assert_eq!(count(&page(&format!("?known={}", hashes[0]))), 0);
    assert!((1..count(&whole)).contains(&count(&page(&format!("?known={}", hashes[1])))));
    // The server has forgotten that page.
    assert_eq!(count(&page("?known=0")), count(&whole));
    let uses = |page: &str| page.matches("<use ").count();
    assert_eq!(uses(&page(&format!("?known={}", hashes[1]))), uses(&whole));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_the_program() {
    assert_eq!(Watch::start(&ProjectDir::new(), &[]).interrupt().1, Some(130));
}

#[cfg(unix)]
#[test]
fn a_mistake_that_is_corrected_and_made_again_is_written_again() {
    let mut project = ProjectDir::new().append(EN_PROGRAMME, "");
    let right = project.read(EN_PROGRAMME);
    let watch = Watch::start(&project, &[]);
    for _ in 0..2 {
        project = project.file(EN_PROGRAMME, format!("{right}\nbroken = {{ $x\n"));
        watch.wait_for_check(true);
        project = project.file(EN_PROGRAMME, &right);
        watch.wait_for_check(false);
    }
    let (stderr, _) = watch.interrupt();
    assert_eq!(stderr.matches("error[E0201]").count(), 2, "{stderr}");
    assert!(!stderr.contains("omitted"), "{stderr}");
}

#[test]
fn a_broken_project_does_not_end_the_program() {
    let project = ProjectDir::new().file(RESULTS_FILE, "cities: {");
    let watch = Watch::start(&project, &[]);
    assert_eq!(watch.get("").0, 200);
}

#[test]
fn what_the_project_does_not_have_cannot_be_selected() {
    let (_, stderr, code) = ProjectDir::new().run(&["watch", "--city", "nowhere"]);
    assert_eq!(code, 1);
    assert_contains(&stderr, &["error[E0002]: this project has no city `nowhere`"]);
}

#[test]
fn a_port_in_use_is_an_error_that_says_what_to_do() {
    let project = ProjectDir::new();
    let watch = Watch::start(&project, &[]);
    let (_, stderr, code) = project.run(&["watch", "--port", &watch.port]);
    assert_eq!(code, 1);
    assert_contains(&stderr, &[&format!("port {} cannot be used", watch.port), "name another port with `--port`"]);
}

#[test]
fn an_editor_is_a_url_or_a_command() {
    let url = Editor::parse("vscode://file/{file}:{line}:{column}").unwrap();
    let path = std::path::Path::new("/a b/é.ftl");
    assert_eq!(url.url(path, 3, 7).as_deref(), Some("vscode://file//a%20b/%C3%A9.ftl:3:7"));
    assert_eq!(Editor::parse("code --goto {file}:{line}").unwrap().url(path, 1, 1), None);
    assert!(Editor::parse("code").is_err());
    assert!(Editor::parse("javascript:/alert({file})").is_err());
}
