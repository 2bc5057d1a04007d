import Foundation
import Testing

/// A web server in front of the real `git http-backend`, on a port of its own of 127.0.0.1.
final class GitServer: Sendable {
  let url: String
  private let process: Process
  private let input = Pipe()

  /// Serves the repositories below `root`; with `password`, to user "ada" alone; with `certificate`
  /// (a PEM file of key and certificate), over TLS.
  init(root: String, password: String = "", certificate: String = "", redirect: String = "") throws {
    let backend = try Command.run(
      ["git", "--exec-path"], in: root, environment: Git(home: root).environment)
    process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-u", "-c", script, root, "\(backend)/git-http-backend", password, certificate, redirect,
    ]
    process.environment = Git(home: root).environment
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    // The server also ends with its input, so it does not outlive a test run that crashes.
    process.standardInput = input
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(
      Int(line.trimmingCharacters(in: .whitespacesAndNewlines)),
      "these tests need python3 and git http-backend (in Debian part of git): \(backend)")
    url = "\(certificate.isEmpty ? "http" : "https")://127.0.0.1:\(port)"
  }

  deinit {
    // Not SIGTERM: a child started from a dispatch thread inherits its mask and never sees it.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}

private let script = #"""
  import base64, http.server, os, ssl, subprocess, sys, threading
  root, backend, password, certificate, redirect = sys.argv[1:6]
  assert os.access(backend, os.X_OK), "no git http-backend"

  class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments): pass

    def refuse(self, status, *headers):
      self.send_response(status)
      for name, value in headers: self.send_header(name, value)
      self.send_header("Content-Length", "0")
      self.end_headers()

    def body(self):
      if self.headers.get("Transfer-Encoding") == "chunked":
        body = b""
        while size := int(self.rfile.readline(), 16):
          body += self.rfile.read(size)
          self.rfile.readline()
        self.rfile.readline()
        return body
      return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def answer(self):
      body = self.body()
      if redirect: return self.refuse(301, ("Location", redirect + self.path))
      wanted = "Basic " + base64.b64encode(b"ada:" + password.encode()).decode()
      if password and self.headers.get("Authorization") != wanted:
        return self.refuse(401, ("WWW-Authenticate", 'Basic realm="git"'))
      path, _, query = self.path.partition("?")
      environment = dict(os.environ, GIT_PROJECT_ROOT=root, GIT_HTTP_EXPORT_ALL="1", PATH_INFO=path,
        QUERY_STRING=query, REQUEST_METHOD=self.command, CONTENT_LENGTH=str(len(body)),
        CONTENT_TYPE=self.headers.get("Content-Type", ""), REMOTE_ADDR="127.0.0.1")
      result = subprocess.run([backend], env=environment, input=body, stdout=subprocess.PIPE).stdout
      head, _, content = result.partition(b"\r\n\r\n")
      headers = [line.split(": ", 1) for line in head.decode().split("\r\n") if line]
      status = [value for name, value in headers if name == "Status"] or ["200"]
      self.send_response(int(status[0].split()[0]))
      for name, value in headers:
        if name != "Status": self.send_header(name, value)
      self.send_header("Content-Length", str(len(content)))
      self.end_headers()
      self.wfile.write(content)

    do_GET = do_POST = answer

  server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
  if certificate:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
  threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
  print(server.server_port)
  server.serve_forever()
  """#
