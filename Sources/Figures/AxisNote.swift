/// What a figure says of an axis that is not as it was asked for.
enum AxisNote {
  /// Why an axis is not logarithmic, with the count of the values that rule it out; nil when it is as asked.
  static func instead(of asked: Scale.Form, _ scale: Scale, axis: String, values: [Double]) -> String? {
    guard asked == .logarithmic, scale.form != .logarithmic else { return nil }
    let finite = values.filter(\.isFinite)
    let ruled = "\(Wording.number(finite.count { $0 <= 0 })) of \(Wording.count(finite.count, "value")) not above 0"
    return "\(axis): \(ruled), so the axis is \(scale.form == .linear ? "linear" : "symmetric-logarithmic")."
  }
}
