import Diagnostics
import SearchSpaces

/// A recipe with the name it is reported under.
struct NamedRecipe: Sendable {
  /// The file, and the place in it when it holds a list, as in `cells.json[2]`.
  var name: String
  var recipe: Recipe
}

/// Reads recipes from files that hold one recipe, a list of them, or logs of NAS-Bench-NLP.
enum RecipeFiles {
  /// The recipes of files in order, and warnings about them; see `RecordFiles`.
  static func read(_ paths: [String]) throws(DiagnosticsError) -> (recipes: [NamedRecipe], warnings: [Diagnostic]) {
    let (records, warnings) = try RecordFiles.read(paths, kind: .recurrentCell)
    let recipes = records.compactMap { named in
      if case .recurrentCell(let recipe) = named.record { NamedRecipe(name: named.name, recipe: recipe) } else { nil }
    }
    return (recipes, warnings)
  }
}
