import Figures
import Outcomes
import Sections
import Statistics

/// The answer in words, for all rows or one group.
///
/// A metric ranks better than the baselines when its difference to every one of them has an interval above 0 and a p-value, adjusted
/// over all pairs of metrics and baselines, of at most .05: so neither picking the strongest baseline nor the best metric needs more.
struct RankSentence {
  private let group: RankAnswer.Group
  private let target: String
  private let resamples: Int

  /// The most metrics that a sentence names, and the probability of error that it allows.
  private static let most = 3
  private static let alpha = 0.05

  init(_ group: RankAnswer.Group, target: String, resamples: Int) {
    self.group = group
    self.target = target
    self.resamples = resamples
  }

  /// True when a difference is shown to be above 0.
  static func isAbove(_ difference: Estimate) -> Bool { isShown(difference) && (difference.ends?.lower ?? 0) > 0 }
  /// True when a difference is shown to be below 0.
  private static func isBelow(_ difference: Estimate) -> Bool {
    isShown(difference) && (difference.ends?.upper ?? 0) < 0
  }
  private static func isShown(_ difference: Estimate) -> Bool {
    guard let test = difference.test else { return false }
    return (test.adjustedPValue ?? test.pValue).value <= alpha
  }

  /// A number with its interval: `.034 [.012, .055]`.
  static func text(_ estimate: Estimate?) -> String {
    guard let estimate else { return "–" }
    guard let value = estimate.value.value else { return "–" }
    func number(_ value: Double) -> String { NumberText.fixed(value, decimals: 3, leadingZero: false) }
    guard let ends = estimate.ends else { return "\(number(value)) [–]" }
    return "\(number(value)) [\(number(ends.lower)), \(number(ends.upper))]"
  }

  /// A p-value: `.012`, `≤ .001`.
  static func text(_ value: PValue) -> String {
    let number =
      value.value < 0.001
      ? NumberText.scientific(value.value, digits: 1) : NumberText.fixed(value.value, decimals: 3, leadingZero: false)
    return value.isFloor ? "≤ \(number)" : number
  }

  var text: String {
    guard group.metrics.contains(where: { $0.coefficient.value.value != nil }) else {
      let reason = group.metrics.lazy.compactMap { Self.reason($0.coefficient.value) }.first ?? "nothing is computed"
      return "Nothing can be told: no metric has a coefficient (\(reason))."
    }
    if group.baselines.isEmpty { return withoutBaselines }
    guard let strongest = group.strongest, let baseline = group.baselines.first(where: { $0.name == strongest.name })
    else {
      let reason = group.baselines.lazy.compactMap { Self.reason($0.coefficient.value) }.first ?? "nothing is computed"
      return "Whether a metric is more than size cannot be told: no trivial baseline has a coefficient (\(reason))."
    }
    return against(baseline) + reversed(baseline)
  }

  // MARK: Without baselines

  private var withoutBaselines: String {
    let advice =
      "No trivial baseline is in the file, so whether a metric is more than size cannot be told: add a column with the number of parameters or operations, or name one with --baseline."
    let shown = group.metrics.filter { row in
      (row.adjustedPValue.map { $0.value <= Self.alpha } ?? false)
        && row.coefficient.ends.map { $0.lower > 0 || $0.upper < 0 } ?? false
    }
    let positive = shown.filter { ($0.coefficient.value.value ?? 0) > 0 }
    let negative = shown.count - positive.count
    let many = group.metrics.count
    if shown.isEmpty {
      return
        "\(many == 1 ? "The metric is not" : "No metric is") shown to order the rows by \(target).\(tooFew) \(advice)"
    }
    var words: [String] = []
    if !positive.isEmpty {
      words.append(
        "\(counted(positive, of: many)) \(positive.count == 1 ? "is" : "are") shown to order the rows by \(target)")
    }
    if negative > 0 {
      words.append("\(negative) of \(many) \(negative == 1 ? "is" : "are") shown to order them in reverse")
    }
    return "\(words.joined(separator: "; "))\(many > 1 ? " (p-values adjusted over \(many) metrics)" : ""). \(advice)"
  }

  private func counted(_ rows: [RankAnswer.Row], of total: Int) -> String {
    if total == 1 { return rows[0].title }
    let named =
      rows.count <= Self.most
      ? " (\(rows.map { "\($0.title) \(Self.text($0.coefficient))" }.joined(separator: ", ")))" : ""
    return "\(rows.count) of \(total) metrics\(named)"
  }

  // MARK: Against the strongest baseline

  private func name(_ baseline: RankAnswer.Row) -> String {
    let count = group.baselines.count
    return count == 1
      ? "\(baseline.title), the only trivial baseline"
      : "\(baseline.title), the strongest of \(count) trivial baselines"
  }

  private func against(_ baseline: RankAnswer.Row) -> String {
    func difference(_ row: RankAnswer.Row) -> Estimate? { row.differences?[baseline.name] }
    let ordered = group.metrics.sorted { left, right in
      (difference(left)?.value.value ?? -.infinity) > (difference(right)?.value.value ?? -.infinity)
    }
    let ahead = ordered.filter { $0.isAhead ?? false }
    let many = group.metrics.count
    let adjusted = group.comparisons > 1 ? " (p-values adjusted over \(group.comparisons) comparisons)" : ""
    if !ahead.isEmpty {
      let named = ahead.prefix(Self.most).map { "\($0.title) by \(Self.text(difference($0)))" }.joined(separator: ", ")
      if many == 1 {
        return "\(ahead[0].title) ranks better than \(name(baseline)), by \(Self.text(difference(ahead[0])))."
      }
      let more = ahead.count > Self.most ? ", and \(ahead.count - Self.most) more" : ""
      return
        "\(ahead.count == many ? "All \(many)" : "\(ahead.count) of \(many)") metrics \(ahead.count == 1 ? "ranks" : "rank") better than \(name(baseline)): \(named)\(more)\(adjusted)."
    }
    let differences = group.metrics.compactMap { difference($0) }
    guard differences.contains(where: { $0.value.value != nil }) else {
      let reason = differences.lazy.compactMap { Self.reason($0.value) }.first ?? "nothing is computed"
      return "Whether a metric ranks better than \(name(baseline)) cannot be told (\(reason))."
    }
    let none = many == 1 ? "\(group.metrics[0].title) is not" : "No metric is"
    var words = "\(none) shown to rank better than \(name(baseline))"
    if let best = ordered.first, let found = difference(best), found.value.value ?? 0 > 0 {
      if case .failure(let reason) = found.interval {
        words += ": the \(many == 1 ? "" : "largest ")difference, \(Self.text(found)), has no interval (\(reason))"
      } else if many == 1 && group.comparisons == 1 {
        words += ": the difference is \(Self.text(found))"
      } else {
        let pValue = found.test.map { "adjusted p \(Self.text($0.adjustedPValue ?? $0.pValue))" } ?? "no p-value"
        words +=
          ": the largest difference, of \(best.title), is \(Self.text(found)) (\(pValue) over \(group.comparisons) comparisons)"
      }
    } else {
      let below = group.metrics.count { difference($0).map { Self.isBelow($0) } ?? false }
      if below == many {
        words +=
          many == 1
          ? ", and is shown to rank worse: \(Self.text(difference(ordered[0])))"
          : ", and all \(many) are shown to rank worse\(adjusted)"
      } else if below > 0 {
        words += ", and \(below) of \(many) are shown to rank worse\(adjusted)"
      }
    }
    return words + "." + tooFew
  }

  /// Says so where the resamples are too few for any p-value to stand the adjustment.
  private var tooFew: String {
    let needed = Int((2 * Double(group.comparisons) / Self.alpha).rounded(.up)) - 1
    guard resamples < needed else { return "" }
    return
      " With \(NumberText.grouped(resamples)) resamples no difference can be shown among \(NumberText.grouped(group.comparisons)) comparisons: --resamples \(needed) can, or fewer metrics."
  }

  /// Says so where a baseline ranks better in reverse than the strongest does.
  private func reversed(_ strongest: RankAnswer.Row) -> String {
    let size = max(0, strongest.coefficient.value.value ?? 0)
    guard let other = group.baselines.last(where: { ($0.coefficient.value.value ?? 0) < -size }),
      (other.coefficient.ends?.upper ?? -1) < 0
    else { return "" }
    let end = other.better == .higher ? "--lower" : "--higher"
    return
      " But \(other.title) ranks in reverse, \(Self.text(other.coefficient)): held against that order, which \(end) \(other.name) takes, the answer may be another."
  }

  private static func reason(_ value: Outcome<Double>) -> String? {
    if case .failure(let reason) = value { reason.text } else { nil }
  }
}
