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

  /// Creates a record.
  package init(analysis: String, specDigest: String, command: String, version: String, environment: String) {
    self.analysis = analysis
    self.specDigest = specDigest
    self.command = command
    self.version = version
    self.environment = environment
  }
}

/// How a run ended.
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

/// What the store knows of a step.
package struct StepRecord: Sendable, Hashable {
  /// The digest of its key.
  package var key: String
  /// The key's text.
  package var keyText: String
  /// Digest of its main output; nil when it failed.
  package var output: String?
  /// Digests of its further artifacts by name.
  package var artifacts: [String: String]
  /// Why it failed; nil when it succeeded.
  package var reason: String?
  /// How long it took.
  package var seconds: Double

  /// What is stored beside a step, to tell whether it was changed by another hand: SHA-256 of its key, the key's text, its
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
  /// Its media type.
  package var mediaType: String
  /// Its content.
  package var bytes: [UInt8]

  /// Creates an artifact.
  package init(name: String, mediaType: String, bytes: [UInt8]) {
    self.name = name
    self.mediaType = mediaType
    self.bytes = bytes
  }
}

/// A step's identity when its outcome is recorded.
package struct StepIdentity: Sendable, Hashable {
  /// The analysis.
  package var analysis: String
  /// The step's name there.
  package var name: String
  /// Its kind.
  package var kind: String
  /// The digest of its key.
  package var key: String
  /// The key's text.
  package var keyText: String

  /// Creates an identity.
  package init(analysis: String, name: String, kind: String, key: String, keyText: String) {
    self.analysis = analysis
    self.name = name
    self.kind = kind
    self.key = key
    self.keyText = keyText
  }
}

/// What a store holds.
package struct StoreInfo: Sendable, Hashable {
  /// Name of the newest migration.
  package var schema: String
  /// Number of rows by table, in a fixed order.
  package var rows: [RowCount]
  /// Bytes of all artifacts.
  package var artifactBytes: Int
  /// Bytes of the file.
  package var fileBytes: Int
  /// What SQLite's quick check says; `ok` when all is well.
  package var check: String

  /// The rows of a table.
  package struct RowCount: Sendable, Hashable {
    /// The table.
    package var table: String
    /// Its rows.
    package var count: Int
  }
}

/// What garbage collection takes away, or would.
package struct GarbageReport: Sendable, Hashable {
  /// Steps that no analysis' newest run used.
  package var steps: Int
  /// Artifacts that no step refers to.
  package var artifacts: Int
  /// Their bytes.
  package var bytes: Int
  /// Leases of processes that are gone.
  package var leases: Int
  /// Evaluations whose configuration no step uses.
  package var evaluations: Int
}

/// Something in the store that is not as it was written.
package struct StoreDamage: Sendable, Hashable {
  /// What is damaged.
  package enum Kind: String, Sendable, Hashable {
    /// What is known of a step.
    case step
    /// An artifact.
    case artifact
  }

  /// What is damaged.
  package var kind: Kind
  /// The digest of the artifact, or the key of the step.
  package var digest: String
  /// Where it belongs, as `analysis: step (artifact)`; empty when nothing refers to it.
  package var uses: [String]
  /// What is wrong with it.
  package var reason: String
}
