/// Measures text, so that the layout can leave room for it.
package protocol TextMeasure: Sendable {
  /// Width and height in points of a line of text (same markup as `TextMark.text`).
  func extent(of text: String, size: Double, isBold: Bool) -> (width: Double, height: Double)
}

/// A file format of figures.
package enum FigureFormat: String, Sendable, Hashable, CaseIterable {
  /// Scalable Vector Graphics.
  case svg
  /// Portable Document Format.
  case pdf
  /// Portable Network Graphics.
  case png
}

/// The ground a figure is drawn on.
package enum FigureTheme: String, Sendable, Hashable, CaseIterable {
  /// Dark ink on white.
  case light
  /// Light ink on a dark ground.
  case dark
}

/// Turns a display list into a file. The same list, format, theme and date give the same bytes in any order, on any
/// thread and any number of threads at once.
package protocol FigureRenderer: TextMeasure {
  /// Names the renderer and its libraries' versions; recorded with a run.
  var version: String { get }
  /// The ISO 8601 date written into files; part of the key of every figure.
  var date: String { get }

  /// Draws a list.
  ///
  /// - Throws: `FigureRenderingError`.
  func render(_ list: DisplayList, format: FigureFormat, theme: FigureTheme) throws(FigureRenderingError) -> [UInt8]

  /// The signs of a list's texts that no installed font has, each once, in the order they come.
  func missingSigns(in list: DisplayList) -> [String]
}

extension FigureRenderer {
  /// None: for renderers that draw no text.
  package func missingSigns(in list: DisplayList) -> [String] { [] }
}

/// A figure that could not be drawn, with the cause.
package enum FigureRenderingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The font that figures use is not installed.
  case fontMissing(String)
  /// Width or height in points is not above 0, or larger than the renderer's limit.
  case outOfRange(width: Double, height: Double, limit: Double)
  /// The drawing library reported a failure.
  case library(String)

  /// The failure in one sentence.
  package var description: String {
    switch self {
    case .fontMissing(let font): "the font \(font) is not installed"
    case .outOfRange(let width, let height, let limit):
      "a figure has more than 0 and at most \(NumberText.compact(limit)) points a side (1/72 inch); this one is "
        + "\(NumberText.compact(width).plainMarkup) × \(NumberText.compact(height).plainMarkup)"
    case .library(let message): "the drawing library failed: \(message)"
    }
  }
}
