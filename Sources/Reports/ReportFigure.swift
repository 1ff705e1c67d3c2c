import Figures

/// A figure with its files.
public struct ReportFigure: Sendable {
  /// Kebab-case name; names the files.
  public var name: String
  /// Caption.
  public var caption: MarkdownText
  /// Alternative text.
  public var altText: String
  /// SVG on a light ground.
  public var lightSVG: [UInt8]
  /// SVG on a dark ground.
  public var darkSVG: [UInt8]
  /// PDF on a light ground.
  public var pdf: [UInt8]
  /// PNG on a light ground.
  public var png: [UInt8]
  /// Places with tooltips, in points.
  public var tooltips: [Tooltip]
  /// The numbers behind it.
  public var data: ReportTable

  /// Creates a figure.
  public init(
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
