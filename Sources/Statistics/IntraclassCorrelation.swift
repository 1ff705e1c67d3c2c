import Outcomes

/// Intraclass correlation of a complete matrix of subjects × raters (Shrout & Fleiss 1979).
///
/// With n subjects, k raters and the mean squares between subjects (BMS), within subjects (WMS), between raters (JMS) and
/// of the residual (EMS):
///
/// | form | value |
/// |---|---|
/// | 1,1 | (BMS − WMS)/(BMS + (k−1)WMS) |
/// | 2,1 | (BMS − EMS)/(BMS + (k−1)EMS + k(JMS − EMS)/n) |
/// | 3,1 | (BMS − EMS)/(BMS + (k−1)EMS) |
/// | 1,k | (BMS − WMS)/BMS |
/// | 2,k | (BMS − EMS)/(BMS + (JMS − EMS)/n) |
/// | 3,k | (BMS − EMS)/BMS |
///
/// Single-rater forms lie in −1/(k−1) … 1 (form 2,1 in −1 … 1); forms of the mean of k raters reach down to −∞.
package struct IntraclassCorrelation: Sendable, Hashable {
  /// Which model, and whether one rater or the mean of all k is judged.
  package enum Form: String, Sendable, Hashable, CaseIterable {
    /// Each subject has raters of its own; one rater.
    case oneWay = "1,1"
    /// Raters are a random sample; one rater, absolute agreement.
    case twoWayRandom = "2,1"
    /// Raters are the only ones of interest; one rater, consistency.
    case twoWayFixed = "3,1"
    /// Each subject has raters of its own; the mean of k.
    case oneWayMean = "1,k"
    /// Raters are a random sample; the mean of k.
    case twoWayRandomMean = "2,k"
    /// Raters are the only ones of interest; the mean of k.
    case twoWayFixedMean = "3,k"
  }

  /// The form.
  package let form: Form
  /// The value.
  package let value: Double
  /// The interval from the F distribution, or why there is none.
  package let interval: Result<Interval, Reason>
  /// Number of subjects.
  package let subjects: Int
  /// Number of raters.
  package let raters: Int

  /// Computes it. O(n·k).
  ///
  /// - Parameters:
  ///   - ratings: A row for each subject, a value for each rater.
  ///   - form: The form.
  ///   - level: Coverage of the interval, in (0, 1). Forms 2,1 and 2,k use Satterthwaite's degrees of freedom for the
  ///     residual (Fleiss & Shrout 1978); the ends of 2,k are those of 2,1 by Spearman & Brown's formula.
  /// - Throws: `Reason` for one subject, one rater, a missing value, rows of unequal length, a value that is not
  ///   finite, values that are all the same, or no variance between subjects where the form divides by it.
  package init(_ ratings: [[Double?]], form: Form, level: Double = 0.95) throws(Reason) {
    let squares = try MeanSquares(ratings)
    self.form = form
    subjects = ratings.count
    raters = ratings[0].count
    guard let value = squares.value(form), value.isFinite else {
      throw Reason("the subjects do not differ from one another")
    }
    self.value = value
    guard level > 0, level < 1 else {
      interval = .failure(Reason("the level is not between 0 and 1"))
      return
    }
    if let ends = squares.ends(form, level: level), ends.lower.isFinite, ends.upper.isFinite {
      interval = .success(Interval(lower: ends.lower, upper: ends.upper))
    } else {
      interval = .failure(Reason("the subjects do not vary from rater to rater"))
    }
  }
}
