import Foundation

/// Archives made by Python's standard library.
enum SampleArchive {
  /// What a Python program leaves in `out`, with `text` as its first argument.
  static func made(_ program: String, _ text: String = "") throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import io, json, sys, tarfile, zipfile\nout = io.BytesIO()\n\(program)\nsys.stdout.buffer.write(out.getvalue())",
      text,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Array(data)
  }

  /// A gzipped tar archive of texts by name, in order.
  static func tar(_ members: [(name: String, text: String)]) throws -> [UInt8] {
    try made(
      """
      t = tarfile.open(fileobj=out, mode='w:gz')
      for name, text in json.loads(sys.argv[1]):
          i = tarfile.TarInfo(name); i.size = len(text.encode())
          t.addfile(i, io.BytesIO(text.encode()))
      t.close()
      """, listed(members))
  }

  /// A zip archive of texts by name, in order.
  static func zip(_ members: [(name: String, text: String)]) throws -> [UInt8] {
    try made(
      """
      z = zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED)
      for name, text in json.loads(sys.argv[1]): z.writestr(name, text)
      z.close()
      """, listed(members))
  }

  private static func listed(_ members: [(name: String, text: String)]) throws -> String {
    String(decoding: try JSONEncoder().encode(members.map { [$0.name, $0.text] }), as: UTF8.self)
  }
}
