import Diagnostics
import Documents

/// The names of a section of an analysis, and the tables and figures that can be made of its parts.
package struct SectionKind: Sendable {
  /// The key in an analysis, such as `correlations`.
  package let key: String
  /// The name of one of its parts in messages, such as `correlation family`.
  package let noun: String
  /// One sentence on its content, the description of its key in the JSON Schema.
  package let summary: String
  /// The words that `content` of a table can have for a part, the default first.
  package let contents: [String]
  /// The figures that can be drawn from a part.
  package let figures: [FigureKind]
  /// The content of a table of all parts, which has the section's key as its source; nil when there is none.
  package let overview: String?

  /// Describes a section.
  package init(
    _ key: String, noun: String, _ summary: String, contents: [String], figures: [FigureKind] = [],
    overview: String? = nil
  ) {
    self.key = key
    self.noun = noun
    self.summary = summary
    self.contents = contents
    self.figures = figures
    self.overview = overview
  }
}

/// A part of an analysis that computes values, as the spec describes it: a type whose properties are the keys of its section.
///
/// A conforming type declares its keys (`Keyed`), the names of its section (`kind`), and the checks that span several keys
/// (`check`). It becomes part of specs where it is listed in the `SpecLanguage`.
package protocol Section: Named {
  /// The names of the section, and the tables and figures that can be made of its parts.
  static var kind: SectionKind { get }
  /// The name for people.
  var title: String? { get }
  /// The details of which a table can list one, by name; nil for a part without details.
  var details: [String]? { get }

  /// The dataset whose columns it names, where it has no `dataset` of its own: that of its target, or of the analysis'.
  func table(_ target: TargetUse?) -> Located<String>?
  /// True when the part computes what a table with this content shows.
  func shows(_ content: String) -> Bool
  /// Reports problems that span several keys.
  func check(_ checks: inout AnalysisChecks)
  /// Reports why the part does not compute what a figure shows.
  func check(_ figure: FigureSpec, _ checks: inout AnalysisChecks)
  /// Reports what a table needs of the analysis and does not find there.
  func check(_ table: TableSpec, _ checks: inout AnalysisChecks)
}

extension Section {
  /// The name for people, or else the name.
  package var displayTitle: String { title ?? name.value }

  package var details: [String]? { nil }

  package func table(_ target: TargetUse?) -> Located<String>? {
    for reference in names { if case .table(.own) = reference.target { return reference.name } }
    return target?.dataset
  }

  package func shows(_: String) -> Bool { true }
  package func check(_: inout AnalysisChecks) {}
  package func check(_: FigureSpec, _: inout AnalysisChecks) {}
  package func check(_: TableSpec, _: inout AnalysisChecks) {}
}

/// The sections that analyses may have, in the order of the documentation.
package struct SpecLanguage: Sendable {
  /// The types of the sections.
  package let sections: [any Section.Type]

  /// Lists sections.
  package init(_ sections: [any Section.Type]) { self.sections = sections }

  /// The kinds of figure: of datasets, then of sections, each once.
  package var figures: [FigureKind] {
    var kinds = FigureKind.ofTables
    for kind in sections.flatMap({ $0.kind.figures }) where !kinds.contains(kind) { kinds.append(kind) }
    return kinds
  }

  /// The words that `content` of a table can have in any section, each once.
  package var contents: [String] {
    var words: [String] = []
    let all = sections.flatMap { $0.kind.contents + [$0.kind.overview].compactMap { $0 } }
    for word in all + ["published", "data"] + AnalysisChecks.claimTables where !words.contains(word) {
      words.append(word)
    }
    return words
  }

  /// The parts of one section of a spec, in order.
  func parts(of type: any Section.Type, in root: DocumentNode, _ reading: Reading) -> [any Section] {
    func read<Part: Section>(_: Part.Type) -> [any Section] {
      root[type.kind.key].flatMap { Entries<Part>.read($0, as: Entries<Part>.schema, reading) }.map { Array($0) } ?? []
    }
    return read(type)
  }
}
