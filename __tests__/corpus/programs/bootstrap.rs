// A custom runtime: asks the Lambda Runtime API for events and answers each with the event itself.
use std::io::{Read, Write};
use std::net::TcpStream;

fn request(host: &str, method: &str, path: &str, body: &str) -> String {
    let mut connection = TcpStream::connect(host).unwrap();
    let path = format!("/2018-06-01/runtime/invocation/{path}");
    let length = body.len();
    write!(connection, "{method} {path} HTTP/1.1\r\nHost: runtime\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}

fn main() {
    let host = std::env::var("AWS_LAMBDA_RUNTIME_API").unwrap();
    loop {
        let next = request(&host, "GET", "next", "");
        let (head, event) = next.split_once("\r\n\r\n").unwrap();
        let is_id = |line: &&str| line.to_lowercase().starts_with("lambda-runtime-aws-request-id:");
        let id = head.lines().find(is_id).and_then(|line| line.split_once(':')).unwrap().1.trim();
        let answer = format!("{{\"runtime\": \"own\", \"event\": {event}}}");
        request(&host, "POST", &format!("{id}/response"), &answer);
    }
}
