import Diagnostics
import SearchSpaces
import Tables

/// The features of a recurrent cell as cells of a row.
enum RecipeCells {
  /// The features by name; undefined with the reason where the recipe cannot be evaluated.
  static func cells(_ recipe: Result<Recipe, DiagnosticsError>) -> [String: Cell] {
    var cells: [String: Cell] = [:]
    switch recipe {
    case .success(let recipe):
      for feature in recipe.features {
        cells[feature.name] = Int(exactly: feature.value).map { .integer($0) } ?? .real(feature.value)
      }
    case .failure(let error):
      let reason = error.diagnostics.first.map { String($0.message.prefix(200)) } ?? "not a recipe"
      for name in Recipe.featureNames { cells[name] = .undefined("the recipe cannot be evaluated: \(reason)") }
    }
    return cells
  }
}
