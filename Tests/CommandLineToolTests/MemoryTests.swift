import Foundation
import TestSupport
import Testing

/// What hostile files and servers cost the built binary.
@Suite(.serialized) struct MemoryTests {
  /// Runs Python that may call `run(arguments…)`, which starts the tool and gives its exit status, what it wrote to standard
  /// error and the most memory of it, in MiB; what Python itself has then counts too. Returns what the program prints.
  private func python(_ program: String, in tool: Tool) throws -> [Substring] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      """
      import gzip, hashlib, http.server, io, os, resource, shutil, subprocess, sys, tarfile, threading, zipfile
      def run(*arguments):
          done = subprocess.run([sys.argv[1], *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
          return done.returncode, done.stderr, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
      def home(name, form, address='https://e.example/x', size=1):
          os.makedirs('data', exist_ok=True)
          open('data/references.bib', 'w').close()
          digest = hashlib.sha256()
          if os.path.exists('data/' + name):
              size = os.path.getsize('data/' + name)
              with open('data/' + name, 'rb') as f:
                  while part := f.read(1 << 20): digest.update(part)
          open('data/catalog.yaml', 'w').write(f'''
      files:
        x: {{path: {name}, address: "{address}", licence: CC0-1.0, citation: none, bytes: {size}, sha256: {digest.hexdigest()}}}
      datasets:
        - {{id: t/x, title: T, summary: S, file: x, format: {form}, columns: {{id: {{type: text}}, m: {{type: real, role: metric}}}}}}
      ''')
      \(program)
      """, Tool.folderOfBinaries.appendingPathComponent("trainfree").path,
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: tool.folder)
    process.environment = ProcessInfo.processInfo.environment.merging(
      [
        "TRAINFREE_HOME": tool.folder, "TRAINFREE_DATA": "\(tool.folder)/data",
        "XDG_CACHE_HOME": "\(tool.folder)/cache",
      ]) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static let spec = """
    open('a.yaml', 'w').write('{analysis: a, title: A, datasets: {x: {use: t/x}}, report: [{table: data}]}')
    os.symlink('\(checkout)/templates', 'templates')
    """

  @Test func aZipOfZerosIsNotKept() throws {
    let lines = try python(
      """
      os.makedirs('data')
      with zipfile.ZipFile('data/x.zip', 'w', zipfile.ZIP_DEFLATED) as z:
          for i in range(8):
              with z.open(f'm_{i}.bin', 'w') as f:
                  for _ in range(60): f.write(bytes(1 << 20))
          z.writestr('m_scores.yaml', 'a: 1\\nb: 2\\n')
      home('x.zip', 'score-files')
      \(Self.spec)
      status, errors, memory = run('run', 'a.yaml', '-q')
      print(status, memory, errors, sep='\\n')
      """, in: Tool())
    #expect(lines.first == "0", "\(lines)")
    #expect(try #require(Int(lines[1])) < 200)
  }

  @Test func aLargeTarIsReadFromTheDisk() throws {
    let lines = try python(
      """
      os.makedirs('data')
      with tarfile.open('data/x.tar', 'w') as t:
          def add(name, size, data):
              entry = tarfile.TarInfo(name); entry.size = size; t.addfile(entry, data)
          for i in range(8): add(f'm_{i}.bin', 60 << 20, open('/dev/zero', 'rb'))
          add('m_scores.yaml', 10, io.BytesIO(b'a: 1\\nb: 2\\n'))
      home('x.tar', 'score-files')
      \(Self.spec)
      status, errors, memory = run('run', 'a.yaml', '-q')
      print(status, memory, errors, sep='\\n')
      """, in: Tool())
    #expect(lines.first == "0", "\(lines)")
    #expect(try #require(Int(lines[1])) < 200)
  }

  @Test func aCompressedTextIsNotKept() throws {
    let lines = try python(
      """
      home('none', 'csv')
      with gzip.open('test.txt.gz', 'wb') as f:
          for _ in range(32): f.write((b'x' * 1023 + b' ') * 1024)
      shutil.copy('\(checkout)/data/recipes/gru.json', 'cell.json')
      status, errors, memory = run(
          'measure', 'cell.json', '--tokens', '.', '--metric', 'parameters', '--vocabulary', '10', '--embedding', '4',
          '--hidden', '4', '--layers', '1', '--steps', '2', '--columns', '2')
      print(status, memory, errors, sep='\\n')
      """, in: Tool())
    #expect(lines.first == "0", "\(lines)")
    // The text has 32 MiB.
    #expect(try #require(Int(lines[1])) < 70)
  }

  @Test(arguments: ["flood", "announced"])
  func whatAServerSendsTooMuchIsNotKept(path: String) throws {
    let lines = try python(
      """
      class Handler(http.server.BaseHTTPRequestHandler):
          def log_message(self, *rest): pass
          def do_GET(self):
              self.send_response(200)
              if self.path == '/announced': self.send_header('Content-Length', str(1 << 30))
              self.end_headers()
              try:
                  for _ in range(1024): self.wfile.write(bytes(1 << 20))
              except OSError: pass
      server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
      server.daemon_threads = True
      threading.Thread(target=server.serve_forever, daemon=True).start()
      home('x.csv', 'csv', f'http://127.0.0.1:{server.server_port}/\(path)', 16384)
      status, errors, memory = run('data', 'fetch', 'x')
      print(status, memory, errors, sep='\\n')
      """, in: Tool())
    #expect(lines.first == "66", "\(lines)")
    #expect(try #require(Int(lines[1])) < 300)
  }
}
