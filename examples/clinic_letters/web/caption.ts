import { pipeline } from "@huggingface/transformers";

// HFM001 and HFM005: whatever the branch holds, of a repo that has moved
export const classify = await pipeline("text-classification", "nina-vogel/lung-nodules");
