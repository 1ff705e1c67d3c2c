import Diagnostics
import Documents

/// A recipe with what its rules say of it.
package struct RecipeReading: Sendable, Hashable {
  /// The recipe.
  package let recipe: Recipe
  /// Warnings, in order of location; no errors.
  package internal(set) var warnings: [Diagnostic]
}

/// Reads recipes: an object `{"name": {"op": "linear", "input": ["x", "h_prev_0"]}, …}` in JSON, or the same in YAML.
package enum RecipeParser {
  /// A recipe from UTF-8 bytes.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - file: The name used in locations.
  ///   - rules: The level of each rule; by default only what prevents evaluation is an error.
  /// - Throws: `DiagnosticsError` with every problem: those of the document (syntax, keys given twice) when there are
  ///   any, otherwise those of the recipe.
  package static func parse(
    _ bytes: [UInt8], file: String, rules: RecipeRules = .evaluable
  ) throws(DiagnosticsError) -> Recipe {
    try read(bytes, file: file, rules: rules).recipe
  }

  /// A recipe from a text, such as a table cell; locations count lines and columns of that text.
  package static func parse(
    _ text: String, file: String, rules: RecipeRules = .evaluable
  ) throws(DiagnosticsError) -> Recipe {
    try read(Array(text.utf8), file: file, rules: rules).recipe
  }

  /// A recipe that stands in a document.
  package static func parse(_ node: DocumentNode, rules: RecipeRules = .evaluable) throws(DiagnosticsError) -> Recipe {
    try read(node, rules: rules).recipe
  }

  /// As `parse`, with the warnings.
  package static func read(
    _ bytes: [UInt8], file: String, rules: RecipeRules = .evaluable
  ) throws(DiagnosticsError) -> RecipeReading {
    try RecordReader.excerpted(
      bytes, file: file, { node throws(DiagnosticsError) in try read(node, rules: rules) }, warnings: \.warnings)
  }

  /// As `parse`, with the warnings.
  package static func read(
    _ node: DocumentNode, rules: RecipeRules = .evaluable
  ) throws(DiagnosticsError) -> RecipeReading {
    var converter = RecipeConverter(rules: rules)
    let nodes = try converter.nodes(node)
    return try RecipeValidator.reading(nodes, location: node.location, problems: converter.problems, rules: rules)
  }
}
