import Outcomes
import Tables

extension Column {
  /// Makes sure that means, levels and differences in the column's own unit keep its values.
  ///
  /// - Throws: `Reason` for a column of whole numbers that no Double equals.
  func requireExact() throws(Reason) {
    guard !isExact else { return }
    throw Reason(
      "the column \(schema.name) holds \(Self.beyondExact), and its means and levels would be rounded; derive a column "
        + "of it less a constant, such as `\(schema.name) - 9007199254740992`, and use that")
  }
}
