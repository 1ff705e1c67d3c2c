import Sizes

/// The tokens that networks read while they are measured; `MeasurementSizes` has their defaults and bounds.
public struct TokenSpec: Sendable, Hashable {
  /// `text-free` for the sequence that needs no text, a split such as `wikitext-2/test`, or a folder with texts;
  /// `text-free` by default.
  public var use: Located<String>
  /// The most words in the dictionary, further ones stand for `<unk>`; the network's vocabulary when nil.
  public var vocabulary: Located<Int>?
  /// Time steps T of a batch.
  public var steps = MeasurementSizes.steps.standard
  /// Columns B of a batch.
  public var columns = MeasurementSizes.columns.standard
  /// Numbers of the batches, from 0; batches do not overlap. The first by default.
  public var batches = [0]
}
