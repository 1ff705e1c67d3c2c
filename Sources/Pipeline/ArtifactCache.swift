import Diagnostics
import Documents
import Outcomes
import Store
import Synchronization
import Tables

/// Decoded artifacts of a run, each read from the store once.
final class ArtifactCache: Sendable {
  private let store: Store
  private let known = Mutex<[String: StepInputs.Artifact]>([:])

  init(_ store: Store) { self.store = store }

  /// The artifact of a digest, decoded as a table or JSON when it is one.
  func artifact(_ digest: String) throws(Reason) -> StepInputs.Artifact {
    if let artifact = known.withLock({ $0[digest] }) { return artifact }
    let bytes: [UInt8]
    do { bytes = try store.artifact(digest) } catch { throw Reason("\(error)") }
    let artifact = try Self.decoded(bytes, digest)
    known.withLock { $0[digest] = artifact }
    return artifact
  }

  private static func decoded(_ bytes: [UInt8], _ digest: String) throws(Reason) -> StepInputs.Artifact {
    if bytes.starts(with: Array("trainfree table".utf8)) {
      do { return .table(try Table(decoding: bytes)) } catch {
        throw Reason("a stored table is damaged: \(error.text)")
      }
    }
    guard bytes.first == UInt8(ascii: "{") else { return .bytes(bytes) }
    do {
      return .json(JSONValue(try DocumentReader.read(bytes, file: digest, limits: .data)))
    } catch {
      throw Reason("a stored document is damaged: \(error.diagnostics.first?.message ?? "")")
    }
  }
}
