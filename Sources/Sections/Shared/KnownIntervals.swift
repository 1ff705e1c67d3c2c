import Specs
import Statistics

/// The values of the sections that are known to have an interval, and those of comparisons.
extension CorrelationsPart {
  func hasInterval(at path: [Substring]) -> Bool {
    spec.interval != nil && path.count == 2 && Coefficient(rawValue: String(path[1])) != nil
  }
}

extension StrataPart {
  func hasInterval(at path: [Substring]) -> Bool {
    spec.interval != nil && path.count == 3 && path[1] == "within" && Coefficient(rawValue: String(path[2])) != nil
  }
}

extension EffectsPart {
  func valueTitle(at path: [Substring]) -> String? {
    switch path.last {
    case "alone": "R²"
    case "given-strata": "R² inside strata"
    default: path.count == 2 && path[0] == "variance" && path[1] != "reliability" ? "share of the variance" : nil
    }
  }
}

extension DifferencesPart {
  func hasInterval(at path: [Substring]) -> Bool { path.count == 2 && path[1] == "difference" }

  func valueTitle(at path: [Substring]) -> String? {
    path.last == "difference" ? "difference in \(spec.coefficient.title)" : nil
  }

  func comparison(at path: [Substring]) -> String? {
    path.first.flatMap { name in pairs.first { key($0) == name } }.map { label($0) }
  }
}
