import Diagnostics
import Documents
import Foundation
import Preview
import Reports
import Specs

/// The places of a report's page that lines of its spec are about.
///
/// The page is that of an earlier state of the spec: lines before and after what was changed since are found by counting from
/// the beginning and from the end.
struct ProblemPlaces {
  /// Where something of the spec begins, and where the page shows it.
  private struct Span {
    var line: Int
    var anchors: [PreviewState.Anchor]
  }

  /// The spec's file, as places name it.
  private let file: String
  private let lines: [Substring]
  /// In order of lines.
  private let spans: [Span]
  /// Where the page shows the parts of a name.
  private let parts: [String: [PreviewState.Anchor]]

  /// Reads the places off the analysis that the page shows.
  ///
  /// - Parameter text: The text of its spec.
  init(_ analysis: Analysis, text: String) {
    file = analysis.file
    let lines = Self.lines(text)
    self.lines = lines
    var spans: [Span] = []
    var parts: [String: [PreviewState.Anchor]] = [:]
    var last: PreviewState.Anchor?
    for cell in analysis.report {
      switch cell {
      case .text(let text):
        let start = Self.start(of: "text", above: text.location.line, lines)
        spans.append(Span(line: start, anchors: last.map { [$0] } ?? []))
        spans += Self.headings(text)
        if let heading = Self.headings(text).last?.anchors.first { last = heading }
      case .figure(let figure):
        let anchor = PreviewState.Anchor("figure-\(figure.name.value)")
        let start = Self.start(of: "figure", above: figure.from.location.line, lines)
        spans.append(Span(line: start, anchors: [anchor]))
        parts[figure.from.value, default: []].append(anchor)
        parts[figure.name.value, default: []].append(anchor)
        last = .init(anchor.id, isAfter: true)
      case .table(let table):
        let anchor = PreviewState.Anchor("table-\(table.name.value)")
        let start = Self.start(of: "table", above: table.from.location.line, lines)
        spans.append(Span(line: start, anchors: [anchor]))
        parts[table.from.value, default: []].append(anchor)
        last = .init(anchor.id, isAfter: true)
      case .claim(let name), .finding(let name):
        let anchor = PreviewState.Anchor("claim-\(name.value)")
        spans.append(Span(line: name.location.line, anchors: [anchor]))
        last = .init(anchor.id, isAfter: true)
      }
    }
    for claim in analysis.claims + analysis.findings {
      parts[claim.name.value, default: []].append(.init("claim-\(claim.name.value)"))
    }
    self.parts = parts
    let report = spans.map(\.line).min() ?? .max
    // Above the report: keys, and the names below them that the page shows.
    for (index, line) in lines.enumerated() where index + 1 < report {
      let indent = line.prefix { $0 == " " }.count
      guard let colon = line.firstIndex(of: ":"), !line.hasPrefix("#"), indent <= 4 else { continue }
      let name = line[..<colon].trimmingCharacters(in: [" ", "\"", "'"])
      if indent == 0 {
        spans.append(Span(line: index + 1, anchors: []))
      } else if let anchors = parts[name] {
        spans.append(Span(line: index + 1, anchors: anchors))
      }
    }
    self.spans = spans.sorted { $0.line < $1.line }
  }

  /// The places that a finding concerns.
  ///
  /// - Parameters:
  ///   - finding: The finding, on the spec as it is now.
  ///   - text: That spec.
  func anchors(of finding: Diagnostic, in text: String) -> [PreviewState.Anchor] {
    guard let place = finding.location, place.file == file else { return [] }
    let line = earlier(place.line, in: Self.lines(text))
    return spans.last { $0.line <= line }?.anchors ?? []
  }

  /// The places that a step makes, or makes something for: those of the last part of its name that the page knows.
  func anchors(ofStep name: String) -> [PreviewState.Anchor] {
    let names = name.split(separator: "/").map(String.init)
    if names.count == 2, names[0] == "figure" { return [.init("figure-\(names[1])")] }
    return names.dropFirst().compactMap { parts[$0] }.first ?? []
  }

  /// The line of the earlier spec that a line of the new one was, or stands in the place of.
  private func earlier(_ line: Int, in new: [Substring]) -> Int {
    let same = zip(lines, new).prefix { $0 == $1 }.count
    guard line > same else { return line }
    let end = zip(lines.reversed(), new.reversed()).prefix { $0 == $1 }.count
    let tail = min(end, min(lines.count, new.count) - same)
    if line > new.count - tail { return line - new.count + lines.count }
    return min(same + 1 + (line - same - 1), max(same + 1, lines.count - tail))
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// The line of a key whose value has a place; that of the place when the key is nowhere near.
  private static func start(of key: String, above line: Int, _ lines: [Substring]) -> Int {
    for number in stride(from: line, to: max(0, line - 30), by: -1) where number <= lines.count {
      let text = lines[number - 1].drop { $0 == " " || $0 == "-" }
      if text.hasPrefix("\(key):") { return number }
    }
    return line
  }

  /// The headings of a text.
  private static func headings(_ text: Located<String>) -> [Span] {
    lines(text.value).enumerated().compactMap { index, line in
      let marks = line.prefix { $0 == "#" }.count
      guard (1...6).contains(marks), line.dropFirst(marks).hasPrefix(" ") else { return nil }
      let slug = PageParts.slug(PageParts.words(String(line.dropFirst(marks + 1))))
      guard !slug.isEmpty else { return nil }
      return Span(line: text.location.line + index, anchors: [.init("section-\(slug)", isAfter: true)])
    }
  }
}
