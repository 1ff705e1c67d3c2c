import Figures

/// A figure with its files.
package struct ReportFigure: Sendable {
  /// Kebab-case name; names the files.
  package var name: String
  /// Caption.
  package var caption: MarkdownText
  /// Alternative text.
  package var altText: String
  /// SVG on a light ground.
  package var lightSVG: [UInt8]
  /// SVG on a dark ground.
  package var darkSVG: [UInt8]
  /// PDF on a light ground.
  package var pdf: [UInt8]
  /// PNG on a light ground.
  package var png: [UInt8]
  /// Places with tooltips, in points.
  package var tooltips: [Tooltip]
  /// The numbers behind it.
  package var data: ReportTable

  /// Creates a figure.
  package init(
    name: String, caption: MarkdownText, altText: String, lightSVG: [UInt8], darkSVG: [UInt8], pdf: [UInt8],
    png: [UInt8],
    tooltips: [Tooltip], data: ReportTable
  ) {
    self.name = name
    self.caption = caption
    self.altText = altText
    self.lightSVG = lightSVG
    self.darkSVG = darkSVG
    self.pdf = pdf
    self.png = png
    self.tooltips = tooltips
    self.data = data
  }
}
