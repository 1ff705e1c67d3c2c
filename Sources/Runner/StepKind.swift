/// What a step does, with the version of the code that does it. Each step states its own, beside what it computes.
///
/// Raise the version whenever the same parameters and inputs would give other bytes: it is part of every key, and a store
/// from before would answer otherwise. `StepVersionTests` holds outputs on a fixture against the recorded ones.
package struct StepKind: Sendable, Hashable {
  /// Kebab-case name, the same for every step of the kind.
  package let name: String
  /// Version of the implementation, from 1.
  package let version: Int
  /// Whether a failure may come from outside what the key describes, such as a file or the memory of this machine, so that
  /// it is tried again by every run.
  package let dependsOnMachine: Bool
  /// Whether a failure says that the user's data or spec does not fit, rather than that a computation went wrong.
  package let failsOnBadInput: Bool

  /// Names a kind.
  package init(_ name: String, version: Int, dependsOnMachine: Bool = false, failsOnBadInput: Bool = false) {
    self.name = name
    self.version = version
    self.dependsOnMachine = dependsOnMachine
    self.failsOnBadInput = failsOnBadInput
  }
}
