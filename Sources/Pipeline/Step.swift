import Documents
import Outcomes

/// An artifact of another step that a step reads.
package struct StepInput: Sendable, Hashable {
  /// The name under which the step reads it and the key records it.
  package var name: String
  /// The name of the other step.
  package var step: String
  /// Name of the artifact; nil for the main output of the other step.
  package var artifact: String?

  /// Creates an input.
  package init(_ name: String, from step: String, artifact: String? = nil) {
    self.name = name
    self.step = step
    self.artifact = artifact
  }
}

/// The main output of a step, with its further artifacts.
package struct StepOutput: Sendable {
  /// The main output.
  package var bytes: [UInt8]
  /// Its media type.
  package var mediaType: String
  /// Further artifacts by name.
  package var artifacts: [StepArtifact]

  /// Creates an output.
  package init(_ bytes: [UInt8], mediaType: String, artifacts: [StepArtifact] = []) {
    self.bytes = bytes
    self.mediaType = mediaType
    self.artifacts = artifacts
  }

  /// A JSON document.
  package static func json(_ value: JSONValue, artifacts: [StepArtifact] = []) -> StepOutput {
    StepOutput(Array(value.text(indent: 2).utf8), mediaType: "application/json", artifacts: artifacts)
  }
}

/// A named artifact beside a step's main output.
package struct StepArtifact: Sendable {
  /// Its name, unique in the step.
  package var name: String
  /// Its media type.
  package var mediaType: String
  /// Its content.
  package var bytes: [UInt8]

  /// A JSON document, written by its type's own declaration.
  ///
  /// - Throws: `Reason` when it cannot be written.
  package static func json(_ name: String, _ value: some Encodable, indent: Int = 2) throws(Reason) -> StepArtifact {
    StepArtifact(
      name, mediaType: "application/json", bytes: Array(try JSONValue(encoding: value).text(indent: indent).utf8))
  }

  /// Creates an artifact.
  package init(_ name: String, mediaType: String, bytes: [UInt8]) {
    self.name = name
    self.mediaType = mediaType
    self.bytes = bytes
  }
}

/// A pure function of its parameters, sources and inputs; the unit that is stored, skipped and explained.
package protocol Step: Sendable {
  /// Unique in the analysis, such as `coefficients/main/head-confidence`.
  var name: String { get }
  /// The name of its computation, with the version of the code.
  var kind: StepKind { get }
  /// Its settings: everything that its output depends on besides sources and inputs.
  var parameters: JSONValue { get }
  /// Digests of files outside the store.
  var sources: [KeyField] { get }
  /// The artifacts it reads.
  var inputs: [StepInput] { get }
  /// True when it spreads its work over all workers, and so runs alone.
  var usesAllWorkers: Bool { get }
  /// The reason why files outside the store are not those that `sources` names, for which the step fails although its output
  /// may be in the store; nil when they are the same, or are not there at all.
  var changedSources: String? { get }

  /// Computes the output.
  ///
  /// - Throws: `Reason` for a stated reason, which is remembered.
  func run(_ inputs: StepInputs, _ context: StepContext) async throws(Reason) -> StepOutput
}

extension Step {
  /// No files outside the store.
  package var sources: [KeyField] { [] }
  /// False: the step takes one worker.
  package var usesAllWorkers: Bool { false }
  /// No files outside the store.
  package var changedSources: String? { nil }
}

/// A step that one worker computes without further help.
package protocol SynchronousStep: Step {
  /// Computes the output.
  ///
  /// - Throws: `Reason` for a stated reason, which is remembered.
  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput
}

extension SynchronousStep {
  /// Computes the output, whatever the workers.
  package func run(_ inputs: StepInputs, _ context: StepContext) async throws(Reason) -> StepOutput {
    try run(inputs)
  }
}

/// The name of a computation, with the version of the code that carries it out. Each step states its own.
///
/// Raise the version whenever the same parameters and inputs would give other bytes: it is part of every key, and a store
/// from before would answer otherwise. `StepVersionTests` holds outputs on a fixture against the recorded ones.
package struct StepKind: Sendable, Hashable {
  /// Kebab-case name, the same for every step of the kind.
  package let name: String
  /// Version of the implementation, from 1.
  package let version: Int
  /// True when a failure may come from outside what the key describes, such as a file or the memory of this machine, so that
  /// every run tries the step again.
  package let dependsOnMachine: Bool
  /// True when a failure means that the user's data or spec does not fit, rather than that a computation went wrong.
  package let failsOnBadInput: Bool

  /// Names a kind.
  package init(_ name: String, version: Int, dependsOnMachine: Bool = false, failsOnBadInput: Bool = false) {
    self.name = name
    self.version = version
    self.dependsOnMachine = dependsOnMachine
    self.failsOnBadInput = failsOnBadInput
  }
}
