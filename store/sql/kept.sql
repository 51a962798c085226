-- name: kept_long
SELECT s.contact, c.name, c.company, s.status, s.added_day, s.last_touch_day, s.heard_day,
  s.last_reaction_day, e.day,
  (SELECT MAX(p.day) FROM event p WHERE p.contact = s.contact AND p.kind = 'purchase')
FROM contact_state s
JOIN contact c ON c.id = s.contact
LEFT JOIN event e ON e.seq = s.status_seq
WHERE COALESCE(s.added_day, :day) < :day AND COALESCE(s.last_touch_day, s.added_day) < :day
  AND COALESCE(s.heard_day, s.added_day) < :day
  AND COALESCE(s.last_reaction_day, s.added_day) < :day
  AND COALESCE(e.day, s.added_day) < :day
  AND NOT EXISTS (
    SELECT 1 FROM event p
    WHERE (p.contact = s.contact OR p.contact IN (
        SELECT m.contact FROM merged m WHERE m.survivor = s.contact))
      AND p.kind IN ('purchase', 'consent') AND p.day >= :day
  );
