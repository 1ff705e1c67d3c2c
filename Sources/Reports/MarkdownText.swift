import CMarkdown
import Foundation

/// A line of Markdown, such as a caption or a note, in which data stand as text whatever they look like.
///
/// Interpolated text is escaped; literals and interpolated Markdown stay as they are:
/// ```swift
/// let caption: MarkdownText = "*\(title)*: lower is better"
/// ```
package struct MarkdownText: Sendable, Hashable {
  /// The Markdown.
  package private(set) var source: String

  /// Takes Markdown that a person wrote, or nothing.
  package init(source: String) { self.source = source }

  /// Joins two texts without a separator.
  package static func + (left: MarkdownText, right: MarkdownText) -> MarkdownText {
    MarkdownText(source: left.source + right.source)
  }

  /// Adds to the end.
  package static func += (left: inout MarkdownText, right: MarkdownText) { left.source += right.source }

  /// Markdown that reads as the text, whatever stands in it.
  ///
  /// - Parameter startsBlock: Whether a paragraph begins with it, where marks of lists are escaped too.
  package static func plain(_ text: String, startsBlock: Bool = false) -> String {
    Escape.markdown(text, startsBlock: startsBlock)
  }

  /// The text as it reads, without marks of Markdown, for a terminal.
  package var plainText: String {
    guard let tree = MarkdownTree(source) else { return source }
    return tree.nodes(CMARK_NODE_PARAGRAPH).map(\.plainText).joined(separator: " ")
      .replacingOccurrences(of: "\u{2060}", with: "")
  }

  /// A text that stands between single backticks: those in it, line ends and control characters are replaced.
  package static func code(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        Escape.prose(text).unicodeScalars.map { $0 == "`" || $0 == "\t" || Escape.isLineEnd($0) ? " " : $0 }))
  }
}

extension MarkdownText: ExpressibleByStringInterpolation {
  /// Takes a literal as Markdown.
  package init(stringLiteral value: String) { source = value }

  /// Joins literals and escaped data.
  package init(stringInterpolation: Interpolation) { source = stringInterpolation.source }

  /// The text of an interpolated literal, data escaped as they are added.
  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var source = ""

    /// Starts empty.
    package init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(literalCapacity) }

    /// Adds a literal part, as Markdown.
    package mutating func appendLiteral(_ literal: String) { source += literal }

    /// Adds data, escaped.
    package mutating func appendInterpolation(_ text: some StringProtocol) {
      source += Escape.markdown(String(text), startsBlock: source.isEmpty)
    }

    /// Adds a whole number.
    package mutating func appendInterpolation(_ number: some BinaryInteger) { source += String(number) }

    /// Adds Markdown.
    package mutating func appendInterpolation(_ text: MarkdownText) { source += text.source }
  }
}
