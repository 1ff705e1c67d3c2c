import Diagnostics
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

  @Test func entriesComeInOrder() throws {
    let bytes = try tar("add('a/b', b'12')\nadd('d', kind=tarfile.DIRTYPE)\nadd('c', b'')")
    let entries = try ArchiveReader.entries(bytes, archive: "x.tar.gz")
    #expect(entries.map(\.name) == ["a/b", "c"] && entries[0].bytes == Array("12".utf8))
    let zip = try SampleArchive.made(
      "z = zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED)\nz.writestr('q.json', '{}')\nz.close()")
    #expect(try ArchiveReader.entries(zip, archive: "x.zip").map(\.name) == ["q.json"])
  }

  @Test(arguments: [
    "add('../x')", "add('/x')", "add('a/../../x')", "add('a')\nadd('a')",
    "add('a', kind=tarfile.SYMTYPE, link='/etc/passwd')",
    "add('a', kind=tarfile.LNKTYPE, link='b')", "add('a', kind=tarfile.FIFOTYPE)", "pass",
    "add('a', b'0' * (65 << 20))",
  ])
  func hostileArchivesAreRefused(_ entries: String) throws {
    let bytes = try tar(entries)
    let error = #expect(throws: DiagnosticsError.self) { try ArchiveReader.entries(bytes, archive: "x.tar.gz") }
    #expect(error?.diagnostics.first?.message.contains("x.tar.gz") == true)
  }

  @Test func cutAndDamagedArchivesAreRefused() throws {
    let whole = try tar("import random\nrandom.seed(1)\nadd('a', bytes(random.randrange(256) for _ in range(20000)))")
    for length in [0, 1, 20, whole.count / 2, whole.count - 9] {
      #expect(throws: DiagnosticsError.self) { try ArchiveReader.entries(Array(whole[..<length]), archive: "x") }
    }
    var damaged = whole
    for index in 2000..<2100 { damaged[index] ^= 0x55 }
    #expect(throws: DiagnosticsError.self) { try ArchiveReader.entries(damaged, archive: "x") }
    #expect(throws: DiagnosticsError.self) { try ArchiveReader.entries(Array("plain text".utf8), archive: "x") }
  }
}
