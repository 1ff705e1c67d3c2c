import Files

/// A run of an analysis.
public struct RunRecord: Sendable, Hashable {
  /// The analysis' id.
  public var analysis: String
  /// SHA-256 of the spec.
  public var specDigest: String
  /// The command line.
  public var command: String
  /// The tool's version.
  public var version: String
  /// Libraries and floating-point modes, as JSON.
  public var environment: String

  /// Creates a record.
  public init(analysis: String, specDigest: String, command: String, version: String, environment: String) {
    self.analysis = analysis
    self.specDigest = specDigest
    self.command = command
    self.version = version
    self.environment = environment
  }
}

/// How a run ended.
public enum RunStatus: String, Sendable, Hashable {
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
public struct StepRecord: Sendable, Hashable {
  /// The digest of its key.
  public var key: String
  /// The key's text.
  public var keyText: String
  /// Digest of its main output; nil when it failed.
  public var output: String?
  /// Digests of its further artifacts by name.
  public var artifacts: [String: String]
  /// Why it failed; nil when it succeeded.
  public var reason: String?
  /// How long it took.
  public var seconds: Double

  /// What is stored beside a step, to tell whether it was changed by another hand: SHA-256 of its key, the key's text, its
  /// output, its reason, and its artifacts with their names.
  var digest: String {
    var parts = [key, keyText, output ?? "", reason ?? ""]
    for (name, digest) in artifacts.sorted(by: { $0.key < $1.key }) { parts += [name, digest] }
    return SHA256.hexDigest(parts.map { "\($0.utf8.count) \($0)" }.joined(separator: "\n"))
  }
}

/// An artifact to store.
public struct NewArtifact: Sendable {
  /// Its name in the step; empty for the main output.
  public var name: String
  /// Its media type.
  public var mediaType: String
  /// Its content.
  public var bytes: [UInt8]

  /// Creates an artifact.
  public init(name: String, mediaType: String, bytes: [UInt8]) {
    self.name = name
    self.mediaType = mediaType
    self.bytes = bytes
  }
}

/// A step's identity when its outcome is recorded.
public struct StepIdentity: Sendable, Hashable {
  /// The analysis.
  public var analysis: String
  /// The step's name there.
  public var name: String
  /// Its kind.
  public var kind: String
  /// The digest of its key.
  public var key: String
  /// The key's text.
  public var keyText: String

  /// Creates an identity.
  public init(analysis: String, name: String, kind: String, key: String, keyText: String) {
    self.analysis = analysis
    self.name = name
    self.kind = kind
    self.key = key
    self.keyText = keyText
  }
}

/// What a store holds.
public struct StoreInfo: Sendable, Hashable {
  /// Name of the newest migration.
  public var schema: String
  /// Number of rows by table, in a fixed order.
  public var rows: [RowCount]
  /// Bytes of all artifacts.
  public var artifactBytes: Int
  /// Bytes of the file.
  public var fileBytes: Int
  /// What SQLite's quick check says; `ok` when all is well.
  public var check: String

  /// The rows of a table.
  public struct RowCount: Sendable, Hashable {
    /// The table.
    public var table: String
    /// Its rows.
    public var count: Int
  }
}

/// What garbage collection takes away, or would.
public struct GarbageReport: Sendable, Hashable {
  /// Steps that no analysis' newest run used.
  public var steps: Int
  /// Artifacts that no step refers to.
  public var artifacts: Int
  /// Their bytes.
  public var bytes: Int
  /// Leases of processes that are gone.
  public var leases: Int
  /// Evaluations whose configuration no step uses.
  public var evaluations: Int
}

/// Something in the store that is not as it was written.
public struct StoreDamage: Sendable, Hashable {
  /// What is damaged.
  public enum Kind: String, Sendable, Hashable {
    /// What is known of a step.
    case step
    /// An artifact.
    case artifact
  }

  /// What is damaged.
  public var kind: Kind
  /// The digest of the artifact, or the key of the step.
  public var digest: String
  /// Where it belongs, as `analysis: step (artifact)`; empty when nothing refers to it.
  public var uses: [String]
  /// What is wrong with it.
  public var reason: String
}
