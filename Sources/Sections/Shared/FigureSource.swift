import Documents
import Figures
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Makes the figure of a spec from stored results.
package struct FigureSource {
  package let spec: FigureSpec
  /// The tables of the analysis, for the titles of columns.
  let tables: [KnownTable]
  /// The part that it is drawn from; nil for a figure of a table.
  let part: (any AnalysisPart)?
  /// The title of the analysis.
  let analysis: String

  /// Gathers the inputs of a figure.
  package init(_ spec: FigureSpec, of part: (any AnalysisPart)?, tables: [KnownTable], analysis: String) {
    self.spec = spec
    self.part = part
    self.tables = tables
    self.analysis = analysis
  }

  /// The title for assistive technology and metadata.
  package var title: String { part?.title ?? analysis }

  /// The table of a name.
  func table(_ name: String) -> KnownTable? { tables.first { $0.name == name } }

  /// The members of a family that a figure shows.
  static func members(of family: ComparedMetrics, _ spec: FigureSpec) -> [FamilyMember] {
    guard !spec.columns.isEmpty else {
      return spec.kind == .smallMultiples ? family.members.filter { !$0.isOrder } : family.members
    }
    return spec.columns.compactMap { name in family.members.first { $0.name == name.value } }
  }

  func members(of family: ComparedMetrics) -> [FamilyMember] { Self.members(of: family, spec) }

  /// The figure.
  package func figure(_ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    if let part { return try part.figure(self, inputs) }
    switch spec.kind {
    case .scatter: return try scatter(inputs)
    case .boxPlots: return try boxPlots(inputs)
    case .lines: return try lines(inputs)
    default: throw Reason("there is no part \(spec.from.value)")
    }
  }
}

extension ResolvedFigure {
  /// The figure as one that shows coefficients, which its caption may name.
  func showing(_ coefficients: [Coefficient]) -> ResolvedFigure {
    var figure = self
    figure.coefficients = coefficients.map(\.title)
    return figure
  }
}

extension String {
  /// The text with its first letter in lower case, unless its first word has another capital, as ImageNet has.
  package var lowercasedFirst: String {
    guard let first, !dropFirst().prefix(while: { !$0.isWhitespace }).contains(where: \.isUppercase) else {
      return self
    }
    return first.lowercased() + dropFirst()
  }

  /// The text as the beginning of a sentence: a first Latin letter in upper case, a Greek one as it is, being a symbol.
  var uppercasedFirst: String {
    first.map { $0.isASCII ? $0.uppercased() + dropFirst() : self } ?? self
  }
}
