import Documents

/// An artifact of another step that a step reads.
public struct StepInput: Sendable, Hashable {
  /// The name under which the step reads it and the key records it.
  public var name: String
  /// The name of the other step.
  public var step: String
  /// Which of its artifacts; its main output when nil.
  public var artifact: String?

  /// Creates an input.
  public init(_ name: String, from step: String, artifact: String? = nil) {
    self.name = name
    self.step = step
    self.artifact = artifact
  }
}

extension StepInput {
  /// The name of the table that it is; nil for other artifacts.
  var table: String? { step.hasPrefix("table/") && artifact == nil ? String(step.dropFirst(6)) : nil }
}

/// What a step made.
public struct StepOutput: Sendable {
  /// The main output.
  public var bytes: [UInt8]
  /// Its media type.
  public var mediaType: String
  /// Further artifacts by name.
  public var artifacts: [StepArtifact]

  /// Creates an output.
  public init(_ bytes: [UInt8], mediaType: String, artifacts: [StepArtifact] = []) {
    self.bytes = bytes
    self.mediaType = mediaType
    self.artifacts = artifacts
  }

  /// A JSON document.
  public static func json(_ value: JSONValue, artifacts: [StepArtifact] = []) -> StepOutput {
    StepOutput(Array(value.text(indent: 2).utf8), mediaType: "application/json", artifacts: artifacts)
  }
}

/// A named artifact beside a step's main output.
public struct StepArtifact: Sendable {
  /// Its name, unique in the step.
  public var name: String
  /// Its media type.
  public var mediaType: String
  /// Its content.
  public var bytes: [UInt8]

  /// Creates an artifact.
  public init(_ name: String, mediaType: String, bytes: [UInt8]) {
    self.name = name
    self.mediaType = mediaType
    self.bytes = bytes
  }
}

/// A pure function of its parameters, sources and inputs; the unit that is stored, skipped and explained.
public protocol Step: Sendable {
  /// Unique in the analysis, such as `coefficients/main/head-confidence`.
  var name: String { get }
  /// What it does.
  var kind: StepKind { get }
  /// Its settings: everything that its output depends on besides sources and inputs.
  var parameters: JSONValue { get }
  /// Digests of files outside the store.
  var sources: [KeyField] { get }
  /// The artifacts it reads.
  var inputs: [StepInput] { get }
  /// Whether it spreads its work over all workers, and so runs alone.
  var usesAllWorkers: Bool { get }
  /// Why files outside the store are no longer those that `sources` names; nil when they are, or are not there at all. The
  /// step then fails, although its output may be in the store.
  var changedSources: String? { get }

  /// Computes the output.
  ///
  /// - Throws: `StepFailure` for a stated reason, which is remembered.
  func run(_ inputs: StepInputs, _ context: StepContext) async throws(StepFailure) -> StepOutput
}

extension Step {
  /// No files outside the store.
  public var sources: [KeyField] { [] }
  /// One worker.
  public var usesAllWorkers: Bool { false }
  /// No files outside the store.
  public var changedSources: String? { nil }
}

/// A step that one worker computes without further help.
public protocol SynchronousStep: Step {
  /// Computes the output.
  ///
  /// - Throws: `StepFailure` for a stated reason, which is remembered.
  func run(_ inputs: StepInputs) throws(StepFailure) -> StepOutput
}

extension SynchronousStep {
  /// Computes the output, whatever the workers.
  public func run(_ inputs: StepInputs, _ context: StepContext) async throws(StepFailure) -> StepOutput {
    try run(inputs)
  }
}

/// Why a step failed.
public struct StepFailure: Error, Sendable, Hashable {
  /// The reason, in a sentence or several lines.
  public var reason: String

  /// Creates a failure.
  public init(_ reason: String) { self.reason = reason }
}
