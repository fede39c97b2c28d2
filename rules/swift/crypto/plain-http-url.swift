import Foundation

let server = "http://pump.example.org"

func addresses(path: String) -> [URL?] {
    // ruleid: plain-http-url
    let first = URL(string: "http://pump.example.org/records")
    // ruleid: plain-http-url
    let second = URL(string: server)
    // ruleid: plain-http-url
    let third = URLComponents(string: "http://192.168.4.1/settings")?.url
    // ruleid: plain-http-url
    let fourth = URL(string: "http://localhost.example.org/", relativeTo: nil)
    return [first, second, third, fourth]
}

func sound(path: String) -> [URL?] {
    // ok: plain-http-url
    let first = URL(string: "https://pump.example.org/records")
    // ok: plain-http-url
    let second = URL(string: "http://localhost:8080/test")
    // ok: plain-http-url
    let third = URL(string: "http://127.0.0.1/test")
    // ok: plain-http-url
    let fourth = URL(string: path)
    // ok: plain-http-url
    let namespace = "http://hl7.org/fhir"
    // ok: plain-http-url
    let fifth = URL(fileURLWithPath: "/tmp/http://x")
    return [first, second, third, fourth, fifth, URL(string: namespace + path)]
}
