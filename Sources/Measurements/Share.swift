import Documents
import Outcomes
import Pipeline

/// One of several equal shares of the evaluations of a measurement, which are dealt out one after the other.
package struct Share: Sendable, Hashable, CustomStringConvertible {
  /// Its number, from 1.
  package let number: Int
  /// Number of shares.
  package let count: Int

  /// Reads a share such as `3/20`; nil for other texts, and for numbers that are not from 1 to the count, or a count over
  /// 100,000.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2F }), parts.count == 2,
      let number = Int(parts[0]), let count = Int(parts[1]), (1...100_000).contains(count),
      (1...count).contains(number)
    else { return nil }
    self.number = number
    self.count = count
  }

  /// Such as `3/20`.
  package var description: String { "\(number)/\(count)" }

  /// True when the evaluation at a place belongs to the share.
  func holds(_ index: Int) -> Bool { index % count == number - 1 }
}

/// Measures a share of a measurement and keeps its evaluations in the store: no table is made of them. Its output is their
/// number.
package struct ShareStep: Step {
  let measure: MeasureStep
  let share: Share

  package let kind = StepKind("measure-share", version: 1, dependsOnMachine: true)
  package let usesAllWorkers = true

  /// Makes the step of a share.
  package init(_ measure: MeasureStep, share: Share) {
    self.measure = measure
    self.share = share
  }

  package var name: String { "share/\(measure.measure.name)/\(share.number)-of-\(share.count)" }
  package var parameters: JSONValue {
    .record(["share": .string(share.description), "measure": measure.parameters])
  }
  package var sources: [KeyField] { measure.sources }
  package var changedSources: String? { measure.changedSources }
  package var inputs: [StepInput] { measure.inputs }

  package func run(_ inputs: StepInputs, _ context: StepContext) async throws(Reason) -> StepOutput {
    let prepared = try measure.prepared(inputs)
    let queue = measure.queue(prepared, share: share)
    _ = try await queue.outcomes(measure.runner(prepared, context), context)
    return .json(.record(["evaluations": .integer(queue.count), "of": .integer(queue.total)]))
  }
}
