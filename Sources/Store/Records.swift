import Files

/// A run of an analysis.
package struct RunRecord: Sendable, Hashable {
  /// The analysis' id.
  package var analysis: String
  /// SHA-256 of the spec.
  package var specDigest: String
  /// The command line.
  package var command: String
  /// The tool's version.
  package var version: String
  /// Libraries and floating-point modes, as JSON.
  package var environment: String

  package init(analysis: String, specDigest: String, command: String, version: String, environment: String) {
    self.analysis = analysis
    self.specDigest = specDigest
    self.command = command
    self.version = version
    self.environment = environment
  }
}

/// The state of a run.
package enum RunStatus: String, Sendable, Hashable {
  /// It is going on, or was killed.
  case running
  /// Every step is done.
  case succeeded
  /// A step failed.
  case failed
  /// The user stopped it.
  case interrupted
}

/// A step as the store knows it.
package struct StepRecord: Sendable, Hashable {
  /// The digest of its key.
  package var key: String
  /// The key's text.
  package var keyText: String
  /// Digest of its main output; nil when it failed.
  package var output: String?
  /// Digests of its further artifacts by name.
  package var artifacts: [String: String]
  /// The reason why it failed; nil when it succeeded.
  package var reason: String?
  /// Seconds that it took.
  package var seconds: Double

  /// The digest stored beside a step, to tell whether it was changed by another hand: SHA-256 of its key, the key's text, its
  /// output, its reason, and its artifacts with their names.
  var digest: String {
    var parts = [key, keyText, output ?? "", reason ?? ""]
    for (name, digest) in artifacts.sorted(by: { $0.key < $1.key }) { parts += [name, digest] }
    return SHA256.hexDigest(parts.map { "\($0.utf8.count) \($0)" }.joined(separator: "\n"))
  }
}

/// An artifact to store.
package struct NewArtifact: Sendable {
  /// Its name in the step; empty for the main output.
  package var name: String
  package var mediaType: String
  package var bytes: [UInt8]

  package init(name: String, mediaType: String, bytes: [UInt8]) {
    self.name = name
    self.mediaType = mediaType
    self.bytes = bytes
  }
}

/// A step's identity when its outcome is recorded.
package struct StepIdentity: Sendable, Hashable {
  package var analysis: String
  /// The step's name there.
  package var name: String
  package var kind: String
  /// The digest of its key.
  package var key: String
  /// The key's text.
  package var keyText: String

  package init(analysis: String, name: String, kind: String, key: String, keyText: String) {
    self.analysis = analysis
    self.name = name
    self.kind = kind
    self.key = key
    self.keyText = keyText
  }
}

/// Counts and sizes of a store's content.
package struct StoreInfo: Sendable, Hashable {
  /// Name of the newest migration.
  package var schema: String
  /// Number of rows by table, in a fixed order.
  package var rows: [RowCount]
  /// Bytes of all artifacts.
  package var artifactBytes: Int
  package var fileBytes: Int
  /// The answer of SQLite's quick check; `ok` when all is well.
  package var check: String

  /// The rows of a table.
  package struct RowCount: Sendable, Hashable {
    package var table: String
    /// Number of its rows.
    package var count: Int
  }
}

/// Numbers of things that garbage collection takes away, or would.
package struct GarbageReport: Sendable, Hashable {
  /// Steps that no analysis' newest run used.
  package var steps: Int
  /// Artifacts that no step refers to.
  package var artifacts: Int
  /// Bytes of those artifacts.
  package var bytes: Int
  /// Leases of processes that are gone.
  package var leases: Int
  /// Evaluations whose configuration no step uses.
  package var evaluations: Int
}

/// Something in the store that is not as it was written.
package struct StoreDamage: Sendable, Hashable {
  /// The kind of thing that is damaged.
  package enum Kind: String, Sendable, Hashable {
    /// The record of a step.
    case step
    case artifact
  }

  /// The kind of thing that is damaged.
  package var kind: Kind
  /// The digest of the artifact, or the key of the step.
  package var digest: String
  /// The steps that it belongs to, as `analysis: step (artifact)`; empty when nothing refers to it.
  package var uses: [String]
  /// The damage, in words.
  package var reason: String
}
