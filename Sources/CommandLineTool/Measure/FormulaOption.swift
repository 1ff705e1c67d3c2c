import ArgumentParser
import Diagnostics
import Documents
import Measurements
import Metrics
import Outcomes
import Proxies
import Tables

/// Formulas on the command line: `my-proxy=mean(layers, mean(square(weight)))`.
enum FormulaOption {
  /// Name and formula of a text.
  ///
  /// - Throws: `ValidationError` without a name, or for one that cannot be a column.
  static func parts(_ text: String) throws -> (name: String, formula: String) {
    guard let sign = text.firstIndex(of: "="), KebabCase.isName(String(text[..<sign])) else {
      throw ValidationError(
        "--formula must be a kebab-case name and a formula, as in 'my-proxy=mean(layers, mean(square(weight)))'.")
    }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }

  /// Checks names before anything is read.
  ///
  /// - Throws: `ValidationError` for a text that is no name and formula, and a name that stands for something else.
  static func check(_ texts: [String]) throws {
    var names: Set<String> = []
    for text in texts {
      let name = try parts(text).name
      if MetricCatalog.selection(name) != nil {
        throw ValidationError("There is a metric \(name): give the formula another name.")
      }
      if !names.insert(name).inserted { throw ValidationError("Two formulas have the name \(name).") }
    }
  }

  /// The proxies of formulas.
  ///
  /// - Throws: `DiagnosticsError` with every problem of every formula, by line and column of the formula.
  static func proxies(_ texts: [String], better: Direction? = nil) throws -> [MeasuredProxy] {
    var problems: [Diagnostic] = []
    var proxies: [MeasuredProxy] = []
    for text in texts {
      let (name, formula) = try parts(text)
      do throws(DiagnosticsError) {
        proxies.append(
          MeasuredProxy(
            name, try ProxyProgram.read(formula, file: "--formula \(name)"), better: better ?? .higher))
      } catch {
        problems += error.diagnostics
      }
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return proxies
  }
}
