import Diagnostics
import Files
import Tables

/// A file of the catalogue as a source of bytes.
struct FileSource: ByteSource {
  let reader: FileReader

  var totalBytes: Int { reader.size }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(DiagnosticsError) -> Int {
    do { return try reader.read(into: buffer) } catch {
      throw DiagnosticsError([Diagnostic(id: "unreadable-data", message: "\(error)", fix: "check the file")])
    }
  }
}
