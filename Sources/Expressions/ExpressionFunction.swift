import ElementaryFunctions

/// Functions of values in one row, and two of a number among those of all rows. All but `if`, `defined` and those of texts take and
/// give numbers; all but `if` and `defined` are undefined where an argument is.
package enum ExpressionFunction: String, Sendable, Hashable, CaseIterable {
  /// Magnitude.
  case abs
  /// The smallest of two or more numbers; of one, see `LayerFunction`.
  case min
  /// The largest of two or more numbers.
  case max
  /// Natural logarithm; undefined for numbers that are not positive.
  case log
  /// Logarithm in base 2.
  case log2
  /// Logarithm in base 10.
  case log10
  /// eˣ.
  case exp
  /// Square root; undefined for negative numbers.
  case sqrt
  /// The first to the power of the second; undefined where that is no finite real number.
  case power
  /// The largest whole number that is not larger.
  case floor
  /// The smallest whole number that is not smaller.
  case ceiling
  /// The nearest whole number, halves away from zero.
  case round
  /// The second where the first is true, otherwise the third; undefined where the first is.
  case `if`
  /// True where the argument has a value; never undefined.
  case defined
  /// The rank among the numbers of all rows, the smallest first and equal ones with the mean of theirs, over their count; in
  /// (0, 1]. Σ log(rank-share(x)) over metrics is AZ-NAS's aggregation of them.
  case rankShare = "rank-share"
  /// The number less the smallest of all rows, over the range; undefined where all are the same.
  case minMax = "min-max"
  /// True when a pattern, which is written as text, matches somewhere in a text; see `TextPattern`.
  case matches
  /// The number of times that the second text stands in the first, no two of them overlapping, from the left.
  case countOf = "count-of"
  /// The third-th part of the first text, cut at each place where the second stands, from 1; from the end for negative numbers.
  /// Undefined where there are fewer.
  case part

  /// The numbers of arguments that it takes.
  package var arity: ClosedRange<Int> {
    switch self {
    case .min, .max: 2...32
    case .power, .matches, .countOf: 2...2
    case .if, .part: 3...3
    default: 1...1
    }
  }

  /// The types of the arguments of a function of texts; nil for other functions.
  var textOperands: [ExpressionType]? {
    switch self {
    case .matches, .countOf: [.text, .text]
    case .part: [.text, .text, .number]
    default: nil
    }
  }

  /// The type of the values of a function that is not `if`.
  var type: ExpressionType {
    switch self {
    case .matches, .defined: .truth
    case .part: .text
    default: .number
    }
  }

  /// True for functions of a number among those of all rows.
  var isOverRows: Bool { self == .rankShare || self == .minMax }

  /// True for functions whose value is a whole number when all arguments are whole numbers.
  var keepsWholeNumbers: Bool { self == .abs || self == .min || self == .max || makesWholeNumbers }

  /// True for functions whose value is a whole number whatever the argument.
  var makesWholeNumbers: Bool { self == .floor || self == .ceiling || self == .round || self == .countOf }

  /// The value for numbers, or why there is none.
  ///
  /// - Precondition: There are as many numbers as `arity` asks for, and the function is neither `if` nor `defined`,
  ///   nor one over rows.
  func value(_ numbers: [Double]) -> ExpressionValue {
    let x = numbers[0]
    switch self {
    case .abs: return .number(Swift.abs(x))
    case .min: return .number(numbers.reduce(x, Swift.min))
    case .max: return .number(numbers.reduce(x, Swift.max))
    case .log, .log2, .log10:
      guard x > 0 else { return .undefined("a logarithm of a number that is not positive") }
      switch self {
      case .log2: return .finite(Elementary.log2(x))
      case .log10: return .finite(Elementary.log10(x))
      default: return .finite(Elementary.log(x))
      }
    case .exp: return .finite(Elementary.exp(x))
    case .sqrt:
      guard x >= 0 else { return .undefined("a square root of a negative number") }
      return .number(x.squareRoot())
    case .power: return .finite(Elementary.pow(x, numbers[1]))
    case .floor: return .number(x.rounded(.down))
    case .ceiling: return .number(x.rounded(.up))
    case .round: return .number(x.rounded(.toNearestOrAwayFromZero))
    case .if, .defined, .rankShare, .minMax, .matches, .countOf, .part: return .undefined("not a function of numbers")
    }
  }

  /// The values of a function over rows, for the argument in every row. O(n log n).
  func values(overRows argument: [ExpressionValue]) -> [ExpressionValue] {
    let sorted = argument.compactMap { value in
      switch value {
      case .number, .whole: value
      case .text, .truth, .undefined: nil
      }
    }.sorted { ExpressionValue.isLess($0, $1) == true }
    // The places from 0 of the first and the last of each value.
    var places: [ExpressionValue: ClosedRange<Int>] = [:]
    for (place, value) in sorted.enumerated() { places[value] = (places[value]?.lowerBound ?? place)...place }
    return argument.map { value in
      if case .undefined = value { return value }
      guard let first = sorted.first, let last = sorted.last, let own = places[value] else {
        return .undefined("not a number")
      }
      if self == .rankShare {
        return .finite((Double(own.lowerBound + own.upperBound) / 2 + 1) / Double(sorted.count))
      }
      guard first != last else { return .undefined("the same in all rows") }
      return .arithmetic(.over, .arithmetic(.minus, value, first), .arithmetic(.minus, last, first))
    }
  }

  /// The value for numbers of which some are whole numbers without a Double of their own.
  ///
  /// - Precondition: As `value` of Doubles.
  func value(_ numbers: [ExpressionValue]) -> ExpressionValue {
    switch (self, numbers[0]) {
    case (.abs, .whole(let value)): return .exact(Swift.abs(value))
    case (.floor, .whole), (.ceiling, .whole), (.round, .whole): return numbers[0]
    case (.min, _): return numbers.reduce(numbers[0]) { ExpressionValue.isLess($1, $0) == true ? $1 : $0 }
    case (.max, _): return numbers.reduce(numbers[0]) { ExpressionValue.isLess($0, $1) == true ? $1 : $0 }
    default: return value(numbers.compactMap(\.number))
    }
  }

  /// The value of a function of texts other than `matches`, or why there is none.
  ///
  /// - Parameter arguments: As many as `arity` asks for, none undefined.
  func value(ofTexts arguments: [ExpressionValue]) -> ExpressionValue {
    guard arguments.count >= 2, case .text(let text) = arguments[0], case .text(let other) = arguments[1] else {
      return .undefined("not text")
    }
    guard !other.isEmpty else { return .undefined("an empty text stands everywhere") }
    let parts = Self.parts(of: text, cutAt: other)
    guard self == .part else { return .exact(parts.count - 1) }
    guard arguments.count == 3, let number = arguments[2].integer else { return .undefined("not a whole number") }
    let index = number > 0 ? number - 1 : number < 0 ? parts.count + Swift.max(number, -parts.count - 1) : -1
    guard parts.indices.contains(index) else {
      return .undefined("there are \(parts.count) parts, no number \(number)")
    }
    return .text(parts[index])
  }

  /// The parts of a text between the places where another stands, compared scalar by scalar.
  private static func parts(of text: String, cutAt separator: String) -> [String] {
    let (bytes, mark) = (Array(text.utf8), Array(separator.utf8))
    var parts: [String] = []
    var (start, place) = (0, 0)
    while place + mark.count <= bytes.count {
      if bytes[place] == mark[0], bytes[place..<place + mark.count].elementsEqual(mark) {
        parts.append(String(decoding: bytes[start..<place], as: UTF8.self))
        place += mark.count
        start = place
      } else {
        place += 1
      }
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }
}
