import Diagnostics
import Outcomes
import Tables

/// An engine with its tokens loaded, shared by the workers of one measurement.
package protocol MeasuringSession: Sendable {
  /// Reads a recipe.
  ///
  /// - Parameters:
  ///   - recipe: The recipe as JSON.
  ///   - source: What it is called in locations.
  /// - Throws: `DiagnosticsError` with every problem of the recipe.
  func architecture(_ recipe: String, source: String) throws(DiagnosticsError) -> MeasuredArchitecture

  /// Recipes sampled by the published rules, as JSON; the same for the same seed, and a prefix of those of a larger count.
  func sample(count: Int, seed: Int) throws(DiagnosticsError) -> [String]

  /// A worker of its own for a thread.
  func makeWorker() -> any ArchitectureWorker
}

/// Measures architectures one after the other on one thread, and keeps its memory from one to the next.
package protocol ArchitectureWorker: AnyObject {
  /// Measures one architecture.
  ///
  /// - Parameters:
  ///   - architecture: One that the session has read.
  ///   - seed: Seed of the initial weights.
  ///   - batch: Number of the batch.
  /// - Returns: A value or a reason for each metric column, and what it cost.
  /// - Throws: `Reason` when the machine is to blame and not the architecture, such as for want of memory: that is no
  ///   outcome, and nothing is kept of it.
  func measure(_ architecture: MeasuredArchitecture, seed: Int, batch: Int) throws(Reason) -> Evaluation
}

/// A recipe that has been read.
package struct MeasuredArchitecture: Sendable, Hashable {
  /// The recipe as canonical JSON. Outcomes depend on nothing else of it; the order of nodes, which decides the order of
  /// random draws, is part of it.
  package var text: String
  /// A value for each feature column.
  package var features: [Cell]

  /// Creates an architecture.
  package init(text: String, features: [Cell]) {
    self.text = text
    self.features = features
  }
}
