/// The smallest part of an expression's text.
package struct ExpressionToken: Sendable, Hashable {
  /// The kinds of tokens.
  package enum Kind: Sendable, Hashable {
    /// A finite number without a sign.
    case number(Double)
    /// A whole number without a sign that no Double equals.
    case whole(Int)
    /// Text without its quotes.
    case text(String)
    /// A name, hyphens for underscores.
    case name(String)
    /// `and`, `or`, `not`, `in`, `true` or `false`.
    case keyword(Keyword)
    /// An operator, a bracket, a comma or a point.
    case symbol(Symbol)
    /// A stand-in where nothing could be read; reported already.
    case unreadable
    /// The end of the text.
    case end
  }

  /// Words that cannot be names.
  package enum Keyword: String, Sendable, Hashable, CaseIterable {
    case and, or, not, `in`, `true`, `false`
  }

  /// Operators, brackets, the comma and the point.
  package enum Symbol: String, Sendable, Hashable, CaseIterable {
    case equal = "=="
    case unequal = "!="
    case atMost = "<="
    case atLeast = ">="
    case less = "<"
    case greater = ">"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
    case open = "("
    case close = ")"
    case openList = "["
    case closeList = "]"
    case comma = ","
    case point = "."
  }

  package var kind: Kind
  /// Its beginning in the text, in Unicode scalars.
  package var place: Int

  /// The token as it is called in messages.
  package var words: String {
    switch kind {
    case .number(let number): Expression.numberText(number)
    case .whole(let number): String(number)
    case .text(let text): Expression.quoted(String(text.prefix(40)))
    case .name(let name): String(name.prefix(80))
    case .keyword(let keyword): keyword.rawValue
    case .symbol(let symbol): symbol.rawValue
    case .unreadable: "this"
    case .end: "the end"
    }
  }
}
