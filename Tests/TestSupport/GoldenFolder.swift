import Documents
import Foundation

/// The folder of recorded networks: TRAINFREE_GOLDEN, or `golden` beside the folder that TRAINFREE_DATA names.
package let goldenFolder: URL? = {
  let environment = ProcessInfo.processInfo.environment
  var folder: URL?
  if let path = environment["TRAINFREE_GOLDEN"], !path.isEmpty {
    folder = URL(fileURLWithPath: path)
  } else if let path = environment["TRAINFREE_DATA"], !path.isEmpty {
    folder = URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("golden")
  }
  return folder.flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }
}()

/// A recorded file; the order of its members is kept.
package func golden(_ name: String, in folder: URL) throws -> DocumentNode {
  let bytes = try [UInt8](Data(contentsOf: folder.appendingPathComponent(name)))
  return try DocumentReader.read(bytes, file: name, limits: .data)
}
