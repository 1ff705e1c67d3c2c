import Figures

extension String {
  /// The text of a figure's number as plain text: `2.0×10^{−7}` becomes `2.0×10⁻⁷`.
  package var superscripted: String { FigureText.plainText(self) }
}
