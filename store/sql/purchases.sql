-- name: purchases_of
SELECT e.seq, e.kind, e.ref, e.day, e.amount, t.body
FROM event e LEFT JOIN event_text t ON t.seq = e.seq
WHERE e.contact = :contact AND e.kind IN ('purchase', 'undo', 'redo') ORDER BY e.seq;

-- name: move_last_seq
UPDATE contact_state SET last_seq = :seq WHERE contact = :contact;
