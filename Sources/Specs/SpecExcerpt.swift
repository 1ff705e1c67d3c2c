import Diagnostics
import Documents

/// The lines of a spec that a table or a figure was made from, as they are written.
package struct SpecExcerpt: Sendable, Hashable {
  /// The most lines of one block; what is over is left out, and the last line says so.
  static let limit = 40

  /// The lines, less the indentation that all of a block share.
  package var lines: [String]
  /// What they say, by its keys: `correlations.main`; nil for a cell alone. Their numbers are not given, so that a remark above
  /// them changes no report.
  package var path: String?
}

extension Analysis {
  /// The lines behind a table or a figure: those of the part, dataset or measurement that it shows, under the key of its
  /// section, and those of its cell. O(lines of the file).
  ///
  /// - Parameters:
  ///   - from: The name of what is shown.
  ///   - place: Where the cell names it.
  package func excerpt(from: String, at place: SourceLocation) -> SpecExcerpt {
    var found = SpecExcerpt(lines: [])
    func add(_ key: String, _ line: Int) {
      found.lines.append("\(key):")
      found.lines += source.block(at: line).map { "  " + $0 }
      if key != "report" { found.path = "\(key).\(from)" }
    }
    if let part = parts.first(where: { $0.name.value == from }) {
      add(type(of: part).kind.key, part.name.location.line)
    } else if let table = datasets.first(where: { $0.name.value == from }) {
      add("datasets", table.name.location.line)
    } else if let measure = measures.first(where: { $0.name.value == from || $0.runsName == from }) {
      add("measure", measure.name.location.line)
    } else if let table = published.first(where: { $0.name.value == from }) {
      add("published", table.name.location.line)
    }
    add("report", source.beginningOfCell(at: place.line))
    return found
  }
}

extension SourceText {
  /// A line with all below it that are indented more, blank lines at the end left out, without the first one's indentation.
  fileprivate func block(at first: Int) -> [String] {
    guard let head = line(first) else { return [] }
    let indentation = Self.indentation(head)
    var lines = [head]
    var number = first + 1
    while let next = line(number), Self.isBlank(next) || Self.indentation(next) > indentation {
      lines.append(next)
      number += 1
    }
    while lines.count > 1, let last = lines.last, Self.isBlank(last) { lines.removeLast() }
    if lines.count > SpecExcerpt.limit {
      let left = lines.count - SpecExcerpt.limit + 1
      lines =
        lines.prefix(SpecExcerpt.limit - 1) + [String(repeating: " ", count: indentation) + "# … \(left) lines more"]
    }
    return lines.map { String($0.dropFirst(min(indentation, Self.indentation($0)))) }
  }

  /// The line on which the cell begins that a line is part of: the nearest above it that begins an element of a list, or the
  /// `figure:` of a `lead` cell.
  fileprivate func beginningOfCell(at place: Int) -> Int {
    for number in (max(1, place - SpecExcerpt.limit)...max(1, place)).reversed() {
      let text = line(number)?.drop { $0 == " " } ?? ""
      if text.hasPrefix("- ") || text.hasPrefix("figure:") { return number }
    }
    return place
  }

  private static func indentation(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  private static func isBlank(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }
}
