/// The tokens that networks read while they are measured.
public struct TokenSpec: Sendable, Hashable {
  /// The time steps and columns that a spec may ask for.
  static let lengths = 1...512
  /// The batches that a spec may ask for.
  static let batchRange = 0...9999

  /// `text-free` for the sequence that needs no text, a split such as `wikitext-2/test`, or a folder with texts.
  public var use: Located<String>
  /// The most words in the dictionary, further ones stand for `<unk>`; the network's vocabulary when nil.
  public var vocabulary: Located<Int>?
  /// Time steps T of a batch, 1 … 512; 70 by default.
  public var steps = 70
  /// Columns B of a batch, 1 … 512; 50 by default.
  public var columns = 50
  /// Numbers of the batches, from 0; batches do not overlap. The first by default.
  public var batches = [0]
}
