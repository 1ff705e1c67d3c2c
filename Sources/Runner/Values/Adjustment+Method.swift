import Specs
import Statistics

extension Adjustment {
  /// The method of the statistics.
  var method: AdjustedPValues.Method {
    switch self {
    case .holm: .holm
    case .benjaminiHochberg: .benjaminiHochberg
    case .none: .none
    }
  }

  /// What the p-values of a table are called.
  var label: String {
    switch self {
    case .holm: "adjusted by Holm's method (1979)"
    case .benjaminiHochberg: "adjusted by the method of Benjamini and Hochberg (1995)"
    case .none: "not adjusted"
    }
  }
}
