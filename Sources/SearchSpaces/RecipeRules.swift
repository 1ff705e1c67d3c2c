import Diagnostics

/// The level of each rule of the published search space: breaking it is an error, a warning, or allowed.
package struct RecipeRules: Sendable, Hashable {
  /// The weight of a rule.
  package enum Level: String, Sendable, Hashable, CaseIterable {
    /// Breaking it is an error.
    case error
    /// Breaking it is a warning.
    case warning
    /// Breaking it is not reported.
    case allowed
  }

  /// The most nodes of a published recipe.
  package static let publishedNodes = 24
  /// The most hidden states of a published recipe.
  package static let publishedStates = 3

  private var levels: [RecipeRule: Level]
  private let standard: Level

  /// All rules at one level.
  package init(all level: Level) {
    standard = level
    levels = [:]
  }

  /// The rules of the published search space: breaking one is an error.
  package static let strict = RecipeRules(all: .error)
  /// Only what prevents evaluation is an error; breaking a rule is a warning.
  package static let evaluable = RecipeRules(all: .warning)

  /// The level of a rule.
  package subscript(rule: RecipeRule) -> Level {
    get { levels[rule] ?? standard }
    set { levels[rule] = newValue == standard ? nil : newValue }
  }

  /// The severity of breaking a rule; nil when it is allowed.
  func severity(of rule: RecipeRule) -> Severity? {
    switch self[rule] {
    case .error: .error
    case .warning: .warning
    case .allowed: nil
    }
  }
}
