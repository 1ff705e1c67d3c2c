import Diagnostics
import Files
import Foundation
import Testing

@testable import Datasets

@Suite struct ArchiveTests {
  private func tar(_ entries: String) throws -> [UInt8] {
    try SampleArchive.made(
      """
      t = tarfile.open(fileobj=out, mode='w:gz')
      def add(name, data=b'x', kind=tarfile.REGTYPE, link=''):
          i = tarfile.TarInfo(name); i.size = len(data) if kind == tarfile.REGTYPE else 0; i.type = kind; i.linkname = link
          t.addfile(i, io.BytesIO(data))
      \(entries)
      t.close()
      """)
  }

  private func entries(
    _ bytes: [UInt8], archive: String, where isWanted: (String) -> Bool = { _ in true }
  ) throws -> [ArchiveEntry] {
    var entries: [ArchiveEntry] = []
    try ArchiveReader.read(.memory(bytes), archive: archive, where: isWanted) { entries.append($0) }
    return entries
  }

  @Test func entriesComeInOrder() throws {
    let bytes = try tar("add('a/b', b'12')\nadd('d', kind=tarfile.DIRTYPE)\nadd('c', b'')")
    let found = try entries(bytes, archive: "x.tar.gz")
    #expect(found.map(\.name) == ["a/b", "c"] && found[0].bytes == Array("12".utf8))
    #expect(try entries(bytes, archive: "x.tar.gz") { $0 == "c" }.map(\.name) == ["c"])
    let zip = try SampleArchive.made(
      "z = zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED)\nz.writestr('q.json', '{}')\nz.close()")
    #expect(try entries(zip, archive: "x.zip").map(\.name) == ["q.json"])
  }

  @Test(arguments: [
    "add('../x')", "add('/x')", "add('a/../../x')", "add('a')\nadd('a')",
    "add('a', kind=tarfile.SYMTYPE, link='/etc/passwd')",
    "add('a', kind=tarfile.LNKTYPE, link='b')", "add('a', kind=tarfile.FIFOTYPE)", "pass",
    "add('a', b'0' * (65 << 20))",
  ])
  func hostileArchivesAreRefused(_ content: String) throws {
    let bytes = try tar(content)
    let error = #expect(throws: DiagnosticsError.self) { try entries(bytes, archive: "x.tar.gz") }
    #expect(error?.diagnostics.first?.message.contains("x.tar.gz") == true)
  }

  @Test func cutAndDamagedArchivesAreRefused() throws {
    let whole = try tar("import random\nrandom.seed(1)\nadd('a', bytes(random.randrange(256) for _ in range(20000)))")
    for length in [0, 1, 20, whole.count / 2, whole.count - 9] {
      #expect(throws: DiagnosticsError.self) { try entries(Array(whole[..<length]), archive: "x") }
    }
    var damaged = whole
    for index in 2000..<2100 { damaged[index] ^= 0x55 }
    #expect(throws: DiagnosticsError.self) { try entries(damaged, archive: "x") }
    #expect(throws: DiagnosticsError.self) { try entries(Array("plain text".utf8), archive: "x") }
  }

  /// Writes bytes to a file, hands out its name and takes it away again.
  private func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
    let path = NSTemporaryDirectory() + "archive-\(UUID().uuidString)"
    try FileSystem.write(bytes, to: path)
    defer { FileSystem.remove(path) }
    return try body(path)
  }

  @Test func filesAreReadAsMemoryIs() throws {
    let tar = try tar("add('a/b', b'12' * 100000)\nadd('c', b'')")
    let zip = try SampleArchive.made(
      "z = zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED)\nz.writestr('q', '{}' * 99999)\nz.close()")
    for bytes in [tar, zip, Array(tar.dropLast(9)), Array(zip.dropLast(9)), Array("text".utf8), []] {
      let expected = Result { try entries(bytes, archive: "x") }
      let found = try withFile(bytes) { path in
        let reader = try FileReader(path, limit: 1 << 20)
        return Result {
          var found: [ArchiveEntry] = []
          try ArchiveReader.read(.file(reader), archive: "x") { found.append($0) }
          return found
        }
      }
      switch (expected, found) {
      case (.success(let one), .success(let other)):
        #expect(one.map(\.name) == other.map(\.name) && one.map(\.bytes) == other.map(\.bytes))
      case (.failure(let one), .failure(let other)): #expect("\(one)" == "\(other)")
      default: Issue.record("memory and file differ for \(bytes.count) bytes")
      }
    }
  }
}
