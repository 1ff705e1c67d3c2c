import Figures

/// An interval drawn against the region in which a value is claimed to lie, as a small picture.
package struct IntervalBar: Sendable, Hashable {
  /// The value; nil when it is not a number.
  package var value: Double?
  package var lower: Double
  package var upper: Double
  /// The ends of the claimed region, nil at a side without end; nil without a region.
  package var region: Region?
  /// A printed number to mark; nil for none.
  package var printed: Double?
  /// The picture in words. Plain.
  package var words: String

  /// A region of numbers.
  package struct Region: Sendable, Hashable {
    package var lower: Double?
    package var upper: Double?

    package init(lower: Double?, upper: Double?) {
      self.lower = lower
      self.upper = upper
    }
  }

  package init(
    value: Double?, lower: Double, upper: Double, region: Region? = nil, printed: Double? = nil, words: String
  ) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.region = region
    self.printed = printed
    self.words = words
  }

  private static let (width, height) = (120.0, 18.0)

  /// The numbers that the picture spans: all that it shows, and 0 where that is at most six spans away and more is claimed than
  /// a printed number.
  var domain: ClosedRange<Double> {
    let shown = [lower, upper, value, printed, region?.lower, region?.upper].compactMap(\.self).filter(\.isFinite)
    var (least, greatest) = (shown.min() ?? 0, shown.max() ?? 0)
    let span = greatest - least
    // A number that is only held against a printed one is not about 0.
    if printed == nil || region != nil {
      if least > 0, least <= 6 * span { least = 0 }
      if greatest < 0, -greatest <= 6 * span { greatest = 0 }
    }
    let margin = max((greatest - least) * 0.08, abs(greatest) * 1e-6, 1e-9)
    return (least - margin)...(greatest + margin)
  }

  /// SVG for a page, its colours by classes; the words are its description.
  var svg: String {
    let domain = self.domain
    func place(_ number: Double) -> Double {
      let share = (number - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
      return share.isFinite ? min(max(share, 0), 1) * Self.width : Self.width / 2
    }
    func line(_ name: String, _ number: Double, inset: Double) -> String {
      let x = Self.text(place(number))
      return "<line class=\"\(name)\" x1=\"\(x)\" x2=\"\(x)\" y1=\"\(Self.text(inset))\" "
        + "y2=\"\(Self.text(Self.height - inset))\"/>"
    }
    var parts = ""
    if let region {
      let left = region.lower.map(place) ?? 0
      let right = region.upper.map(place) ?? Self.width
      parts +=
        "<rect class=\"region\" x=\"\(Self.text(left))\" y=\"1\" width=\"\(Self.text(max(right - left, 0)))\" "
        + "height=\"\(Self.text(Self.height - 2))\"/>"
    }
    if domain.contains(0) { parts += line("zero", 0, inset: 1) }
    if let printed, printed.isFinite { parts += line("printed", printed, inset: 2) }
    let (left, right) = (Self.text(place(lower)), Self.text(place(upper)))
    parts += "<line class=\"interval\" x1=\"\(left)\" x2=\"\(right)\" y1=\"9\" y2=\"9\"/>"
    if let value, value.isFinite {
      parts += "<circle class=\"value\" cx=\"\(Self.text(place(value)))\" cy=\"9\" r=\"3.2\"/>"
    }
    return "<svg class=\"bar\" role=\"img\" aria-label=\"\(Escape.html(words))\" width=\"120\" height=\"18\" "
      + "viewBox=\"0 0 120 18\">\(parts)</svg>"
  }

  private static func text(_ number: Double) -> String { NumberText.fixed(number, decimals: 1) }
}
