-- name: money_told
SELECT e.seq, e.uuid, e.at_ms, e.utc_offset, e.day, e.operator, e.kind, e.contact, e.content,
  e.variant, e.digest, e.version, e.channel, e.stage, e.step, e.reaction, e.ref, e.amount,
  e.outcome, e.text_hash, e.hash, t.body, t.salt
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.contact IS NOT NULL AND e.kind IN ('purchase', 'contract', 'corrected', 'undo', 'redo')
ORDER BY e.seq;

-- name: buyers
SELECT DISTINCT contact FROM event
WHERE contact IS NOT NULL AND kind IN ('purchase', 'contract', 'corrected');

-- name: lacks_purchases
SELECT EXISTS (SELECT 1 FROM event WHERE kind IN ('purchase', 'contract'))
  AND NOT EXISTS (SELECT 1 FROM contact_state WHERE last_purchase_day IS NOT NULL);

-- name: purchases_of
SELECT e.seq, e.kind, e.ref, e.day, e.amount, t.body, e.contact
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.contact IN (
    SELECT CAST(:contact AS BIGINT) UNION ALL SELECT contact FROM merged WHERE survivor = :contact
  ) AND e.kind IN ('purchase', 'contract', 'corrected', 'undo', 'redo')
ORDER BY e.seq;

-- name: make_buyers
CREATE TEMP TABLE buyer (contact INTEGER, whose INTEGER);

-- name: forget_buyers
DELETE FROM buyer;

-- name: add_buyer
INSERT INTO buyer (contact, whose) VALUES (?1, ?1);

-- name: add_merged_buyers
INSERT INTO buyer (contact, whose)
SELECT b.contact, m.contact FROM buyer b JOIN merged m ON m.survivor = b.contact;

-- name: purchases_of_buyers
-- CROSS JOIN asks for each buyer: in the other order all of the log would be walked through.
SELECT b.contact, e.seq, e.kind, e.ref, e.day, e.amount, t.body, e.contact
FROM buyer b CROSS JOIN event e
LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.contact = b.whose AND e.seq < :before
  AND e.kind IN ('purchase', 'contract', 'corrected', 'undo', 'redo')
ORDER BY e.seq;

-- name: drop_buyers
DROP TABLE buyer;

-- name: save_purchases
UPDATE contact_state SET last_seq = :last_seq, purchases = :purchases, spent = :spent,
  last_purchase_day = :last_purchase_day
WHERE contact = :contact;
