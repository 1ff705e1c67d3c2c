import Documents
import Outcomes

/// A step whose output is a value of one type, written and read by the type's own declaration.
///
/// ```swift
/// struct CountStep: ResultStep {
///   struct Output: Codable, Sendable { var rows: Int; var share: Outcome<Double> }
///   …
///   func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> Output {
///     Output(rows: try inputs.table("table").rowCount, share: .failure(Reason("no rows")))
///   }
/// }
/// // Elsewhere, in a step that has the other among its inputs under its name:
/// let rows = try inputs.output(of: countStep).rows
/// ```
package protocol ResultStep: Step {
  /// The type of the result, which is stored as a JSON document.
  associatedtype Output: Codable & Sendable

  /// Computes the output.
  ///
  /// - Throws: `Reason`, which is remembered.
  func result(_ inputs: StepInputs, _ context: StepContext) async throws(Reason) -> Output
}

extension ResultStep {
  package func run(_ inputs: StepInputs, _ context: StepContext) async throws(Reason) -> StepOutput {
    .json(try JSONValue(encoding: await result(inputs, context)))
  }
}

extension StepInputs {
  /// The output of a step, read from the input of its name.
  ///
  /// - Throws: `Reason` when there is no such input, or it is the output of another kind of step.
  package func output<Other: ResultStep>(of step: Other) throws(Reason) -> Other.Output {
    try json(step.name).decoded()
  }
}
